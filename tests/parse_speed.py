"""How fast register files are read, and in how much memory: records a second, one row a format.

python -m tests.parse_speed [--records 100000]

Each format is read in a process of its own, twice at different sizes: memory that does not grow
with the file shows as the same peak in both.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from service.registry.sources import open_source
from tests.generate_uspto import write

HEAD = "申请/注册号,商标名称,国际分类,类似群,商品/服务,申请人名称,申请日期,专用权期限,商标状态"
MEBI = 1024 if sys.platform == "linux" else 1 << 20
"""Units of the peak memory a process reports, in a mebibyte."""


def _sheet(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEAD + "\n")
        for number in range(count):
            stream.write(
                f"{30_000_000 + number},诺德{number} NORD及图,12,1202;1204,电动自行车;电动三轮车,"
                f"无锡虚构{number % 977}车业有限公司,2018年1月{number % 28 + 1}日,"
                "2018-11-14至2028-11-13,已注册\n"
            )


def _korean(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write("[")
        for number in range(count):
            record = {
                "productName": f"노드{number}",
                "productNameEng": f"NORD {number}",
                "applicationNumber": f"40{2_019_000_000 + number}",
                "applicationDate": "20190304",
                "registerStatus": "등록",
                "registrationNumber": [str(number)],
                "registrationDate": ["20190917"],
                "asignProductMainCodeList": ["12"],
                "asignProductSubCodeList": ["G370401", "S120401"],
            }
            stream.write(("," if number else "") + json.dumps(record, ensure_ascii=False))
        stream.write("]")


FORMATS = {
    "USPTO XML": ("apc.xml", write),
    "USPTO zip": ("apc18840407-20231231-01.zip", write),
    "CSV sheet": ("sheet.csv", _sheet),
    "Korean JSON": ("marks.json", _korean),
}


def read(path: Path) -> tuple[int, float, float]:
    """Read a file; return records, processor seconds and peak mebibytes of this process."""
    began = time.process_time()
    count = sum(1 for _ in open_source(path, office="CN").records())
    taken = time.process_time() - began
    return count, taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBI


def measured(path: Path) -> tuple[int, float, float]:
    """Return `read(path)` of a fresh process."""
    command = [sys.executable, "-m", "tests.parse_speed", "--read", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    count, taken, peak = json.loads(told)
    return count, taken, peak


def main() -> None:
    """Print one row a format."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--records", type=int, default=40_000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read(options.read)))
        return
    print(f"{'format':12} {'records':>8} {'a second':>9} {'MiB, a tenth':>13} {'MiB, all':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, make) in FORMATS.items():
            path = Path(folder) / file
            make(path, options.records // 10)
            _, _, small = measured(path)
            make(path, options.records)
            count, taken, peak = measured(path)
            path.unlink()
            print(f"{name:12} {count:8,} {count / taken:9,.0f} {small:13.0f} {peak:9.0f}")


if __name__ == "__main__":
    main()
