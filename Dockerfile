# syntax=docker/dockerfile:1
# docker build --target test|production .

FROM node:24-slim AS dependencies
RUN install --directory --owner=node --group=node /app
WORKDIR /app
USER node
COPY --chown=node:node package.json package-lock.json ./
# Not `npm ci`: see scripts/setup.mjs.
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm install --no-save --no-audit --no-fund

FROM dependencies AS build
COPY --chown=node:node tsconfig.json mikro-orm.config.ts ./
COPY --chown=node:node scripts/bundle.mjs scripts/
COPY --chown=node:node src src
COPY --chown=node:node web web
RUN npx --no-install tsc && node scripts/bundle.mjs && npx --no-install vite build --config web/vite.config.ts

# docker run --rm IMAGE runs every test, with a PostgreSQL and a browser from npm.
FROM dependencies AS test
COPY --chown=node:node . .
CMD ["npm", "test"]

FROM dependencies AS production-dependencies
RUN npm prune --no-save --omit=dev --no-audit --no-fund

FROM node:24-slim AS production
# Passes signals on and reaps the workers of a compute host that died.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/*
# MALLOC_*: as src/execution/machine/compute-environment.ts says, for the processes that it does not start.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=4194304 MALLOC_TRIM_THRESHOLD_=4194304
WORKDIR /app
RUN install --directory --owner=node --group=node media data tmp
COPY --from=production-dependencies /app/node_modules node_modules
COPY --from=build /app/build build
USER node
VOLUME ["/app/media", "/app/data"]
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--enable-source-maps", "build/programs/main.js"]
