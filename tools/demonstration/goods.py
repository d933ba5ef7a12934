"""What the demonstration's enterprises make, and what its marks are registered for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ware:
    """A kind of product."""

    zh: str
    en: str
    hs: str
    nice: int
    subgroup: str


VEHICLES = (
    Ware("电动自行车", "electric bicycles", "8711.60", 12, "1204"),
    Ware("电动三轮车", "electric tricycles", "8711.60", 12, "1204"),
    Ware("电动摩托车", "electric motorcycles", "8711.60", 12, "1202"),
    Ware("电动滑板车", "electric scooters", "8711.60", 12, "1204"),
    Ware("载货自行车", "cargo bicycles", "8712.00", 12, "1204"),
)
PARTS = (
    Ware("锂电池", "lithium batteries", "8507.60", 9, "0922"),
    Ware("充电器", "battery chargers", "8504.40", 9, "0922"),
    Ware("电动机", "electric motors", "8501.31", 7, "0748"),
    Ware("轮胎", "tyres", "4011.50", 12, "1208"),
    Ware("自行车车架", "bicycle frames", "8714.91", 12, "1204"),
    Ware("自行车鞍座", "bicycle saddles", "8714.95", 12, "1204"),
    Ware("车灯", "vehicle lights", "8512.10", 11, "1101"),
    Ware("头盔", "helmets", "6506.10", 9, "0919"),
)
RETAIL = Ware("车辆零售", "retail of vehicles", "", 35, "3503")
FAR = Ware("咖啡", "coffee", "", 30, "3002")
CLOTHING = Ware("服装", "clothing", "", 25, "2501")
TOYS = Ware("玩具车", "toy vehicles", "", 28, "2802")
REPAIR = Ware("车辆维修", "vehicle repair", "", 37, "3707")
OILS = Ware("润滑油", "lubricating oils", "", 4, "0401")
RENTAL = Ware("车辆出租", "vehicle rental", "", 39, "3905")
FIELD = (*VEHICLES * 3, *PARTS * 2, *(RETAIL, CLOTHING, TOYS, REPAIR) * 3, OILS, RENTAL, FAR)
"""Wares of the background, each as often as it is to come."""
