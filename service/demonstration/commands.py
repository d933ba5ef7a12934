"""Command line of the demonstration: make it, or find it made."""


def demo() -> None:
    """Make the demonstration: an invented register, district and catalogue; print the result.

    Works in an empty database, or in one that it made before; then nothing is changed.

    生成演示数据（虚构的登记簿、区域和产品目录）并输出筛查结果。
    """
    # Every command imports this file, and only this one needs what fills every module: a second.
    from service.demonstration.making import demonstrate

    demonstrate()
