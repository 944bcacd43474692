"""写しを作る. Pages as a scanner gives them: a printed page drawn, askew and with dust, as the one picture of a PDF."""

from importlib.resources import files
from typing import Any

import cv2
import numpy
import pypdfium2
import typst
from pdfpages import file_of, stream_of

FINE = 200 / 72


def printed(markup: str) -> bytes:
    """Return typst's PDF of some markup, set in the packaged typeface."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(files("justmytype_intl_cjk") / "fonts" / "ofl")],
    )
    setting = '#set text(font: "Noto Sans JP", size: 10pt, lang: "ja")\n'
    return typst.compile((setting + markup).encode(), font_paths=fonts, format="pdf")


def picture(pdf: bytes, number: int = 0) -> Any:
    """Return a page in grey, 200 pixels to the inch."""
    page = pypdfium2.PdfDocument(pdf)[number]
    return cv2.cvtColor(page.render(scale=FINE).to_numpy()[:, :, :3], cv2.COLOR_BGR2GRAY)


def askew(grey: Any, degrees: float, dust: float = 8.0) -> Any:
    """Return a picture turned against the clock about its middle, with dust of so many shades of grey."""
    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    turned = cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)
    noise = numpy.random.default_rng(7).normal(0.0, dust, grey.shape)
    return numpy.clip(turned + noise, 0, 255).astype("uint8")


def pdf_of_picture(grey: Any) -> bytes:
    """Return a PDF of one page that is a picture."""
    return pdf_of_pictures(grey)


def pdf_of_pictures(*greys: Any) -> bytes:
    """Return a PDF of pages that are pictures."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(greys)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(greys), kids.encode()),
    ]
    for grey in greys:
        first = len(objects) + 1
        high, wide = grey.shape
        done, jpeg = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 85])
        assert done
        image = (
            b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/DCTDecode" % (wide, high)
        )
        x, y = wide / FINE, high / FINE
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
            % (x, y, first + 1, first + 2),
            stream_of(b"q %g 0 0 %g 0 0 cm /I Do Q" % (x, y)),
            stream_of(jpeg.tobytes(), image),
        ]
    return file_of(objects)
