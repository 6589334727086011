"""Builds templates/house-style.docx, so that the committed binary can be read, reviewed and rebuilt.

Run it as a script to write the file anew. Offices do not use it: they open the file in Word and change it there.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

TARGET = Path(__file__).parents[2] / "templates" / "house-style.docx"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

TEXT_WIDTH = 9026  # A4 less twice 2.54 cm, in twentieths of a point
NUMBER_INDENT = 680  # 1.2 cm: room for "100."


def paragraph_style(name, style_id, based_on="BodyText", *, ppr="", rpr="", next_id="", builtin=False, extra=""):
    """One paragraph style. `ppr` and `rpr` are in the order Word's schema asks for."""
    custom = "" if builtin else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    following = f'<w:next w:val="{next_id}"/>' if next_id else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"{extra}><w:name w:val="{name}"/>{based}{following}'
        f"<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def size(points):
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def spacing(before=0, after=0, line=360):
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


BOLD = "<w:b/><w:bCs/>"
STAY = "<w:keepNext/><w:keepLines/>"
SINGLE = 264  # lines of 1.1, for text that is looked up rather than read through
BOX = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="6" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)
RULE = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'

STYLES = f"""{HEAD}<w:styles {W}>
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>{size(12)}
<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl/>{spacing()}</w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
{paragraph_style("Body Text", "BodyText", "Normal", ppr=spacing(0, 160), builtin=True)}
{paragraph_style("Title", "Title", "Normal", ppr=STAY + spacing(120, 120, SINGLE), rpr=BOLD + size(20), next_id="BodyText", builtin=True)}
{paragraph_style("Subtitle", "Subtitle", "Normal", ppr=STAY + spacing(0, 240, SINGLE), rpr=size(13), next_id="BodyText", builtin=True)}
{paragraph_style("heading 1", "Heading1", "Normal", ppr=STAY + spacing(360, 140, SINGLE) + '<w:outlineLvl w:val="0"/>', rpr=BOLD + size(15), next_id="BodyText", builtin=True)}
{paragraph_style("heading 2", "Heading2", "Normal", ppr=STAY + spacing(280, 120, SINGLE) + '<w:outlineLvl w:val="1"/>', rpr=BOLD + size(12.5), next_id="BodyText", builtin=True)}
{paragraph_style("heading 3", "Heading3", "Normal", ppr=STAY + spacing(220, 100, SINGLE) + '<w:outlineLvl w:val="2"/>', rpr="<w:i/><w:iCs/>" + size(12), next_id="BodyText", builtin=True)}
{paragraph_style("Numbered Paragraph", "NumberedParagraph", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + spacing(0, 180) + f'<w:ind w:left="{NUMBER_INDENT}" w:hanging="{NUMBER_INDENT}"/>')}
{paragraph_style("List Bullet", "ListBullet", ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>' + spacing(0, 100) + f'<w:ind w:left="{NUMBER_INDENT + 340}" w:hanging="340"/>', builtin=True)}
{paragraph_style("Quote", "Quote", ppr='<w:pBdr><w:left w:val="single" w:sz="8" w:space="12" w:color="auto"/></w:pBdr>' + spacing(0, 200) + f'<w:ind w:left="{NUMBER_INDENT + 280}" w:right="{NUMBER_INDENT}"/>', builtin=True)}
{paragraph_style("Notice", "Notice", ppr=f"<w:keepLines/><w:pBdr>{BOX}</w:pBdr>" + spacing(240, 280, SINGLE) + '<w:ind w:left="140" w:right="140"/>', rpr=size(11))}
{paragraph_style("Address", "Address", ppr="<w:keepLines/>" + spacing(0, 280, SINGLE))}
{paragraph_style("Signature Block", "SignatureBlock", ppr=STAY + spacing(720, 160, 300))}
{paragraph_style("caption", "Caption", ppr=STAY + spacing(240, 100, SINGLE), rpr=BOLD + size(11), builtin=True)}
{paragraph_style("Picture", "Picture", ppr=STAY + spacing(160, 160, 240))}
{paragraph_style("Table Text", "TableText", "Normal", ppr=spacing(60, 60, SINGLE), rpr=size(11))}
{paragraph_style("Table Heading", "TableHeading", "TableText", rpr=BOLD)}
{paragraph_style("Table Gap", "TableGap", "Normal", ppr=spacing(0, 160, 240), rpr=size(6))}
{paragraph_style("header", "Header", "Normal", ppr=RIGHT_TAB + spacing(0, 20, 240), rpr=size(10), builtin=True)}
{paragraph_style("footer", "Footer", "Normal", ppr=RIGHT_TAB + spacing(0, 0, 240), rpr=size(10), builtin=True)}
{{tables}}
</w:styles>"""


def table_style(name, style_id, *, inside, first):
    """A table with rules between its rows and no other lines; `first` formats the header row or column."""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
        '<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
        '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
        f'<w:insideH w:val="single" w:sz="{inside}" w:space="0" w:color="auto"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{first}</w:style>"
    )


TABLES = table_style(
    "CPPP Table",
    "CPPPTable",
    inside=4,
    first='<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
    "</w:tblStylePr>",
) + table_style("CPPP Facts", "CPPPFacts", inside=4, first="")

NUMBERING = f"""{HEAD}<w:numbering {W}>
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedParagraph"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="{NUMBER_INDENT}" w:hanging="{NUMBER_INDENT}"/></w:pPr></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/><w:lvlText w:val="&#8226;"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="{NUMBER_INDENT + 340}" w:hanging="340"/></w:pPr>
<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""

SETTINGS = f"""{HEAD}<w:settings {W}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
</w:compat>
<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>
</w:settings>"""


FONT_TABLE = f"""{HEAD}<w:fonts {W}><w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>
<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>"""

COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "000000",
    "lt2": "FFFFFF",
    **{f"accent{number}": "404040" for number in range(1, 7)},
    "hlink": "000000",
    "folHlink": "000000",
}
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
FONT = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
THEME = (
    f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Plain"><a:themeElements>'
    '<a:clrScheme name="Plain">'
    + "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    + '</a:clrScheme><a:fontScheme name="Plain">'
    f"<a:majorFont>{FONT}</a:majorFont><a:minorFont>{FONT}</a:minorFont></a:fontScheme>"
    f'<a:fmtScheme name="Plain"><a:fillStyleLst>{FILL * 3}</a:fillStyleLst>'
    f'<a:lnStyleLst>{f"""<a:ln w="9525">{FILL}</a:ln>""" * 3}</a:lnStyleLst>'
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)


def run(text, bold=False):
    return f'<w:r>{"<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code):
    """A field Word keeps up to date while it lays out the page."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


TAB = "<w:r><w:tab/></w:r>"

HEADER = (
    f'{HEAD}<w:hdr {W} {R}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
    f"{run('{{ short_title }}')}{TAB}{run('Case number {{ case_number }}')}</w:p>"
    f'<w:p><w:pPr><w:pStyle w:val="Header"/>{RULE}</w:pPr>'
    f"{run('{{ classification }}', bold=True)}{TAB}{run('{{ status }}', bold=True)}</w:p></w:hdr>"
)
FOOTER = (
    f'{HEAD}<w:ftr {W} {R}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    f"{TAB}{run('Page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}</w:p></w:ftr>"
)
DOCUMENT = f"""{HEAD}<w:document {W} {R}><w:body>
<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr>{
    run(
        "Change the styles, the header and the footer of this file. Its own text is not used. "
        "The header must keep the words in double braces for the case number, the marking and the draft mark."
    )
}</w:p>
<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="480" w:footer="680" w:gutter="0"/>
</w:sectPr></w:body></w:document>"""


def relationships(*rows):
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(rows, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{name}+xml"/>'
        for name in ("styles", "numbering", "settings", "fontTable")
    )
    + '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    + f'<Override PartName="/word/header1.xml" ContentType="{TYPE}.header+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{TYPE}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>",
    "_rels/.rels": relationships((f"{OFFICE}/officeDocument", "word/document.xml"), (CORE, "docProps/core.xml")),
    "docProps/core.xml": f"{HEAD}<cp:coreProperties "
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>House style</dc:title><dc:language>en-GB</dc:language>'
    "</cp:coreProperties>",
    "word/_rels/document.xml.rels": relationships(
        (f"{OFFICE}/styles", "styles.xml"),
        (f"{OFFICE}/numbering", "numbering.xml"),
        (f"{OFFICE}/settings", "settings.xml"),
        (f"{OFFICE}/header", "header1.xml"),
        (f"{OFFICE}/footer", "footer1.xml"),
        (f"{OFFICE}/fontTable", "fontTable.xml"),
        (f"{OFFICE}/theme", "theme/theme1.xml"),
    ),
    "word/document.xml": DOCUMENT,
    "word/styles.xml": STYLES.replace("{tables}", TABLES),
    "word/numbering.xml": NUMBERING,
    "word/settings.xml": SETTINGS,
    "word/fontTable.xml": FONT_TABLE,
    "word/theme/theme1.xml": THEME,
    "word/header1.xml": HEADER,
    "word/footer1.xml": FOOTER,
}


def build():
    """The file as bytes, the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(PARTS):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, PARTS[name])
    return out.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(build())
