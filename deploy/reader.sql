-- psql "$DATABASE_URL" --variable password=… --file deploy/reader.sql
-- A read-only role for developers. It sees neither password hashes nor tokens.

create role nogil_reader login password :'password';
alter role nogil_reader set default_transaction_read_only = on;
alter role nogil_reader set statement_timeout = '10s';

grant usage on schema public, pgboss to nogil_reader;
grant select on all tables in schema public, pgboss to nogil_reader;
revoke select on "user", refresh_token from nogil_reader;
grant select (id, email, created_at) on "user" to nogil_reader;
grant select (session_id, used_at) on refresh_token to nogil_reader;
