"""Makes the fonts here (.ttf for charts and the PDF, .woff2 for HTML) from Debian's fonts-inter; see README.md."""
import sys
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

RANGES = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B),      # Latin, Latin-1, Latin Extended-A
    (0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x491),   # Greek, Cyrillic
    (0x2010, 0x2026), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2116, 0x2122),
    (0x2190, 0x2199), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265),
    (0x25A0, 0x25A1), (0x25B2, 0x25BD), (0x25CB, 0x25CF), (0x2713, 0x2717),
]


def to_truetype(font):
    """Cubic outlines to quadratic: only TrueType outlines are embedded, subset, in a PDF by Skia."""
    glyphs = font.getGlyphSet()
    glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyf[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


for weight in ("Regular", "Bold"):
    font = TTFont(f"/usr/share/fonts/opentype/inter/Inter-{weight}.otf", recalcTimestamp=False)
    # Figures of one width, so that columns of numbers line up without OpenType features.
    gsub = font["GSUB"].table
    tabular = {}
    for feature in gsub.FeatureList.FeatureRecord:
        if feature.FeatureTag == "tnum":
            for index in feature.Feature.LookupListIndex:
                for lookup in gsub.LookupList.Lookup[index].SubTable:
                    lookup = getattr(lookup, "ExtSubTable", lookup)
                    tabular.update(getattr(lookup, "mapping", {}))
    for table in font["cmap"].tables:
        for code, name in list(table.cmap.items()):
            if 0x30 <= code <= 0x39:
                table.cmap[code] = tabular.get(name, name)  # subtables may share a mapping
    options = subset.Options(layout_features=[], notdef_outline=True, hinting=False, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14])
    options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in RANGES for c in range(low, high + 1)])
    subsetter.subset(font)
    to_truetype(font)
    font.save(f"{sys.path[0]}/Inter-{weight}.ttf")

    # A browser sets text itself, so its font keeps kerning and both kinds of figures; it takes the outlines as they are.
    font = TTFont(f"/usr/share/fonts/opentype/inter/Inter-{weight}.otf", recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "tnum"], notdef_outline=True, hinting=False, desubroutinize=True)
    options.drop_tables += ["GDEF", "STAT"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in RANGES for c in range(low, high + 1)])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(f"{sys.path[0]}/Inter-{weight}.woff2")
