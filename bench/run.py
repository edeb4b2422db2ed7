"""Every measurement, one after the other: `./sunlot bench [--quick | --full]`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

if __name__ == "__main__":
    for name in ("county", "teams", "tickets", "import_speed", "journal", "lists", "verifier", "public", "release"):
        print(f"\n== {name}", flush=True)
        subprocess.run([sys.executable, str(HERE / f"{name}.py"), *sys.argv[1:]], check=True)
