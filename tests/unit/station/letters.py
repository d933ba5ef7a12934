"""Small messages of an invented kind, in the form such notices have. Nobody in them exists."""

from email.message import EmailMessage


def mail(sender: str, subject: str, text: str, *, html: bool = False) -> bytes:
    """Return an e-mail as its bytes."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "shop@example.com"
    message["Subject"], message["Date"] = subject, "Mon, 05 Oct 2026 08:00:00 +0000"
    message.set_content(text, subtype="html" if html else "plain")
    return message.as_bytes()


AMAZON = mail(
    "notice@amazon.example",
    "Policy Warning",
    "Hello from Amazon,\nWe removed ASIN: B0ABCD1234 and ASIN B0WXYZ9876.\n"
    "Complaint ID: 17123456789\nRights owner name: Invented Wheels Ltd\n"
    "Trademark number: UK00912345678\n",
)
ALIBABA = mail(
    "ipp@alibaba.example",
    "知识产权投诉通知",
    "阿里巴巴知识产权保护平台\n投诉编号：202610050001\n商品ID：1005001234567890\n"
    "投诉方：虚构车业有限公司\n商标注册号：12345678\n投诉日期：2026年10月5日\n",
)
TEMU = mail(
    "seller@temu.example",
    "IP complaint",
    "<p>Dear Temu seller,</p><p>Complaint number: TM-2026-000777</p><p>Goods ID: 601099512345</p>"
    "<p>Right holder: Invented Wheels Ltd</p><p>Trademark No. 7654321</p>"
    "<p>Notice date: 2026-10-05</p><script>var complaint = 'x'</script>",
    html=True,
)
EBAY = mail(
    "vero@ebay.example",
    "eBay VeRO: listing removed",
    "Item number: 123456789012\nRights owner: Invented Wheels Ltd\nReference ID: VERO-445566\n"
    "Trademark registration number: 5,123,456\n",
)
SUMMONS = mail(
    "clerk@court.example",
    "Service of process",
    "UNITED STATES DISTRICT COURT\nFOR THE NORTHERN DISTRICT OF ILLINOIS\n\n"
    'INVENTED WHEELS LTD,\n\nPlaintiff,\nv.\nTHE PARTNERSHIPS IDENTIFIED ON SCHEDULE "A"\n'
    "Case No. 1:26-cv-01234\nSUMMONS IN A CIVIL ACTION\n"
    "Defendant store name: EBikeShop-CN\nDate of service: October 5, 2026\n"
    "TEMPORARY RESTRAINING ORDER\nDated: September 28, 2026\n",
)
EXPECTED = {
    "amazon": (
        AMAZON,
        {
            ("complaint_number", "17123456789"),
            ("listing", "B0ABCD1234"),
            ("listing", "B0WXYZ9876"),
            ("complainant", "Invented Wheels Ltd"),
            ("right_number", "UK00912345678"),
            ("notice_on", "2026-10-05"),
        },
    ),
    "alibaba": (
        ALIBABA,
        {
            ("complaint_number", "202610050001"),
            ("listing", "1005001234567890"),
            ("complainant", "虚构车业有限公司"),
            ("right_number", "12345678"),
            ("notice_on", "2026-10-05"),
        },
    ),
    "temu": (
        TEMU,
        {
            ("complaint_number", "TM-2026-000777"),
            ("listing", "601099512345"),
            ("complainant", "Invented Wheels Ltd"),
            ("right_number", "7654321"),
            ("notice_on", "2026-10-05"),
        },
    ),
    "ebay": (
        EBAY,
        {
            ("complaint_number", "VERO-445566"),
            ("listing", "123456789012"),
            ("complainant", "Invented Wheels Ltd"),
            ("right_number", "5,123,456"),
            ("notice_on", "2026-10-05"),
        },
    ),
    "summons": (
        SUMMONS,
        {
            ("docket", "1:26-cv-01234"),
            ("court", "NORTHERN DISTRICT OF ILLINOIS"),
            ("complainant", "INVENTED WHEELS LTD"),
            ("alias", "EBikeShop-CN"),
            ("served_on", "2026-10-05"),
            ("notice_on", "2026-09-28"),
        },
    ),
}
