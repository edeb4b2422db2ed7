"""What a camera sees: the QR codes in a picture of a page, read by ZXing, which knows nothing of how we make them.

page.goto(here)
assert seen(page) == ["http://192.168.1.10:8000/ceremony/p/…"]
"""

from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page


def seen(what: Page | Locator) -> list[str]:
    """Return what the QR codes in a picture of the window, or of a part of it, say."""
    picture = Image.open(BytesIO(what.screenshot()))
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]
