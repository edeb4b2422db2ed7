"""What cannot well be true of a visit: the arithmetic of distance, speed and time, in whole numbers.

>>> metres((36_000_000, 117_000_000), (36_000_000, 117_100_000))  # a tenth of a degree of longitude in Shandong
8982
>>> too_fast(30_000, 600, 100)  # 30 km in ten minutes
True
"""

from math import isqrt

MILLION = 10**6
DEGREE = 111_195  # metres of a degree of a great circle, on a sphere of 6371 km
HALF_TURN = 32_400 * MILLION**2  # 180 squared, in millionths of a degree squared
Point = tuple[int, int]  # latitude, longitude in millionths of a degree


def metres(one: Point, other: Point) -> int:
    """Return the distance of two points that lie within a province, true to one in a hundred.

    The cosine of the latitude is Bhaskara's rational one (Mahabhaskariya, 7th century): (180² − 4x²) / (180² + x²).
    """
    (north, east), (north2, east2) = one, other
    square = ((north + north2) // 2) ** 2
    up = (north - north2) * DEGREE // MILLION
    across = (east - east2) * DEGREE * (HALF_TURN - 4 * square) // ((HALF_TURN + square) * MILLION)
    return isqrt(up**2 + across**2)


def too_fast(way: int, seconds: int, kmh: int) -> bool:
    """Return whether nobody covers `way` metres in the time at that speed."""
    return way * 3600 > kmh * 1000 * max(seconds, 0)
