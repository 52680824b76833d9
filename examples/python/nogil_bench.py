#!/usr/bin/env python3
"""The Python twin of nogil-bench: the same work under Python's concurrency models, in the same report format.

    python3 nogil_bench.py --out python.json
    python3 nogil_bench.py --workload IMAGE --out python.json      (needs Pillow)
    nogil-bench compare benchmark.json python.json

A loop is SYNC, asyncio is ASYNC, processes are PROCESSES. Threads are THREADS_LOCKED while the GIL is on, and THREADS
in a free-threaded Python (3.13t or newer) with the GIL off. Every sample runs in a process of its own, in random order.
"""

import argparse
import asyncio
import hashlib
import io
import json
import os
import platform
import random
import signal
import subprocess
import sys
import sysconfig
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timezone

# As the program in Node computes it: fibonacci(32) makes 7 million calls, which take Python seconds.
FIBONACCI_N = 32
IMAGE_SIZE = (1024, 576)
IMAGE_COUNT = 4
RESULT_SIZE = (800, 450)
# Tasks of one batch, as the preset QUICK has them.
DEFAULT_TASKS = 6
DIGEST_SEPARATOR = b";"
# What a report may have.
MAX_WORKERS, MAX_TASKS, MAX_REPETITIONS = 1_024, 10_000, 50
# fibonacci(45) takes minutes.
MAX_N = 45
# Exit code after Ctrl-C, as shells report it.
CANCELLED = 130


def gil_is_on():
    """Whether this interpreter runs with the global interpreter lock."""
    check = getattr(sys, "_is_gil_enabled", None)
    return True if check is None else check()


def thread_model():
    return "THREADS_LOCKED" if gil_is_on() else "THREADS"


# ------------------------------------------------------------------ the work


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def fibonacci_task(n):
    return str(fibonacci(n)).encode()


def image_task(index):
    """The standard pipeline: decode, resize, blur, sharpen, watermark, encode as JPEG."""
    from PIL import Image, ImageDraw, ImageFilter

    image = Image.open(io.BytesIO(SOURCES[index])).convert("RGB")
    image = image.resize(RESULT_SIZE, Image.LANCZOS)
    image = image.filter(ImageFilter.GaussianBlur(2)).filter(ImageFilter.UnsharpMask(radius=1, percent=100))
    ImageDraw.Draw(image).text((RESULT_SIZE[0] - 120, RESULT_SIZE[1] - 30), "nogil-bench", fill=(255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


SOURCES = []


def prepare(workload):
    """Makes the sources of the images, once for each process."""
    if workload != "IMAGE" or SOURCES:
        return
    from PIL import Image

    width, height = IMAGE_SIZE
    for seed in range(IMAGE_COUNT):
        rows = bytearray()
        for y in range(height):
            for x in range(width):
                rows += bytes(((x * 255 // width + seed * 40) % 256, y * 255 // height, (x ^ y) % 256))
        out = io.BytesIO()
        Image.frombytes("RGB", IMAGE_SIZE, bytes(rows)).save(out, "JPEG", quality=90)
        SOURCES.append(out.getvalue())


def tasks_of(workload, count, n):
    if workload == "IMAGE":
        return image_task, [index % IMAGE_COUNT for index in range(count)]
    return fibonacci_task, [n] * count


# ------------------------------------------------------------------ the models


def run_sync(function, arguments, _pool):
    return [function(argument) for argument in arguments]


def run_async(function, arguments, _pool):
    async def call(argument):
        return function(argument)

    async def all_at_once():
        return await asyncio.gather(*(call(argument) for argument in arguments))

    return asyncio.run(all_at_once())


def run_pool(function, arguments, pool):
    return list(pool.map(function, arguments))


def pool_of(model, workers, workload):
    if model == "PROCESSES":
        return ProcessPoolExecutor(workers, initializer=prepare, initargs=(workload,))
    return ThreadPoolExecutor(workers) if model.startswith("THREADS") else None


def measure(model, workload, count, workers, n):
    """One sample, in a process that does nothing else."""
    run = {"SYNC": run_sync, "ASYNC": run_async}.get(model, run_pool)
    began = time.perf_counter()
    prepare(workload)
    function, arguments = tasks_of(workload, count, n)
    pool = pool_of(model, workers, workload)
    # Two small tasks for each worker start it, and load its code.
    warm_up = arguments[: 2 * workers] if workload == "IMAGE" else [5] * (2 * workers)
    run(function, warm_up, pool)
    startup = time.perf_counter() - began
    cpu = cpu_seconds()
    start = time.perf_counter()
    results = run(function, arguments, pool)
    wall = time.perf_counter() - start
    if pool is not None:
        pool.shutdown()
    digest = hashlib.sha256(DIGEST_SEPARATOR.join(results)).hexdigest()
    used = max(0.0, cpu_seconds() - cpu)
    return {
        "wallMs": wall * 1000,
        "startupMs": startup * 1000,
        "cpuMs": used * 1000,
        "peakRssBytes": peak_rss_bytes(),
        "outputDigest": digest,
    }


def cpu_seconds():
    """Processor time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_rss_bytes():
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) * unit


# ------------------------------------------------------------------ the report


def runtime_text():
    name = f"{platform.python_implementation()} {platform.python_version()}"
    build = " free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    return f"{name}{build}, GIL {'on' if gil_is_on() else 'off'}"


def implementation_text(workload):
    if workload != "IMAGE":
        return None
    import PIL

    return "Pillow " + PIL.__version__


def cpu_model():
    try:
        with open("/proc/cpuinfo", encoding="utf8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"


def processors():
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def memory_bytes():
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 1


# As Node names them.
ARCHITECTURES = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64"}


def environment():
    return {
        "nodeVersion": "",
        "v8Version": "",
        # As Node writes it, so that two reports of one machine have the same.
        "os": f"{platform.system()} {platform.release()} {ARCHITECTURES.get(platform.machine(), platform.machine())}",
        "cpuModel": cpu_model(),
        "availableParallelism": processors(),
        "totalMemoryBytes": memory_bytes(),
        "loadAverage": os.getloadavg()[0] if hasattr(os, "getloadavg") else 0,
        "appVersion": "",
        "runtime": runtime_text(),
    }


STANDARD_PIPELINE = [
    {"kind": "RESIZE", "params": {"width": RESULT_SIZE[0], "height": RESULT_SIZE[1], "fit": "FILL"}},
    {"kind": "BLUR", "params": {"sigma": 2}},
    {"kind": "SHARPEN", "params": {"amount": 1}},
    {"kind": "WATERMARK", "params": {"text": "nogil-bench", "position": "BOTTOM_RIGHT", "opacity": 0.5}},
    {"kind": "CONVERT", "params": {"format": "JPEG", "quality": 80}},
]


def report(options, samples, started, status):
    is_image = options.workload == "IMAGE"
    return {
        "format": "nogil-bench",
        "formatVersion": 1,
        "name": options.name or "python " + options.workload.lower(),
        "status": status,
        "workload": options.workload,
        "task": None,
        "operations": STANDARD_PIPELINE if is_image else [],
        "images": {"count": IMAGE_COUNT, "generated": True} if is_image else None,
        "repetitions": options.repetitions,
        "seed": options.seed,
        "startedAt": started,
        "finishedAt": now(),
        "environment": environment(),
        "samples": samples,
    }


def now():
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")


def cells_of(options):
    """SYNC once; the others with each number of workers."""
    for model in options.models:
        for workers in [1] if model == "SYNC" else options.workers:
            yield model, workers


def measure_in_fresh_process(cell, options):
    model, workers = cell
    request = [model, options.workload, options.tasks, workers, options.n]
    command = [sys.executable, os.path.abspath(__file__), "--sample", json.dumps(request)]
    # A session of its own: Ctrl-C reaches this process alone, which then ends the other with its workers.
    child = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    try:
        output, _ = child.communicate()
    except BaseException:
        end_family(child)
        raise
    if child.returncode != 0:
        raise subprocess.CalledProcessError(child.returncode, command)
    return json.loads(output)


def end_family(child):
    if hasattr(os, "killpg"):
        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


def run(options):
    started = now()
    samples = []
    order = random.Random(options.seed)
    implementation = implementation_text(options.workload)
    status = "COMPLETED"
    try:
        for repetition in range(options.repetitions):
            cells = list(cells_of(options))
            order.shuffle(cells)
            for cell in cells:
                model, workers = cell
                measured = measure_in_fresh_process(cell, options)
                place = {"model": model, "engine": None, "imageCount": options.tasks, "workers": workers}
                if implementation:
                    place["implementation"] = implementation
                samples.append({**place, "repetition": repetition, **measured})
                print(f"{model} x{workers}: {measured['wallMs']:.0f} ms", file=sys.stderr)
    except KeyboardInterrupt:
        status = "CANCELLED"
    return report(options, samples, started, status)


def up_to(most):
    def whole_number(text):
        if not text.strip().isdigit() or int(text) < 1:
            raise argparse.ArgumentTypeError(f"must be a whole number from 1, not {text!r}")
        if int(text) > most:
            raise argparse.ArgumentTypeError(f"at most {most}, not {text}")
        return int(text)

    return whole_number


def worker_counts(text):
    return [up_to(MAX_WORKERS)(part) for part in text.split(",")]


def can_be_written(path):
    folder = os.path.dirname(os.path.abspath(path))
    return not os.path.isdir(path) and os.access(folder, os.W_OK)


def parsed_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = ["SYNC", "ASYNC", thread_model(), "PROCESSES"]
    names = lambda text: text.upper().split(",")  # noqa: E731
    parser.add_argument("--workload", choices=["FIBONACCI", "IMAGE"], default="FIBONACCI")
    parser.add_argument("--models", type=names, default=every, help="default: " + ",".join(every))
    parser.add_argument("--workers", type=worker_counts, default=[2], help="such as 1,2,4; default: 2")
    parser.add_argument("--tasks", type=up_to(MAX_TASKS), default=DEFAULT_TASKS, help=f"tasks of one batch; default: {DEFAULT_TASKS}, as in Node")
    parser.add_argument("--repetitions", type=up_to(MAX_REPETITIONS), default=5, help="samples of each cell; default: 5")
    parser.add_argument("--n", type=up_to(MAX_N), default=FIBONACCI_N, help="the Fibonacci number of a task; default: 32, as in Node")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31), help="order of the samples")
    parser.add_argument("--name", help="name of the benchmark")
    parser.add_argument("--out", help="file to write; default: standard output")
    parser.add_argument("--sample", help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = [model for model in options.models if model not in every]
    if unknown:
        parser.error(f"--models: {unknown[0]} is none of {', '.join(every)} here ({runtime_text()})")
    if options.workload == "IMAGE":
        try:
            import PIL  # noqa: F401
        except ImportError:
            parser.error("--workload IMAGE needs Pillow: python3 -m pip install pillow")
    # Before anything is measured for nothing.
    if options.out and not can_be_written(options.out):
        parser.error(f"--out: {options.out} cannot be written: give a file in a folder that exists")
    return options


def main():
    options = parsed_options()
    if options.sample:
        print(json.dumps(measure(*json.loads(options.sample))))
        return
    print(runtime_text(), file=sys.stderr)
    result = run(options)
    if not result["samples"]:
        sys.exit(CANCELLED)
    text = json.dumps(result, indent=2) + "\n"
    if options.out:
        with open(options.out, "w", encoding="utf8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)
    if result["status"] == "CANCELLED":
        sys.exit(CANCELLED)


if __name__ == "__main__":
    main()
