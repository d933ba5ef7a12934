"""Status and kind words of offices and of people, folded to our closed sets by table.

A word that is not in the table is `unknown`, which counts as live and is reported: a guess here
would make a living mark disappear. So words of a proceeding that may still end well for the owner
(驳回复审, appeal, invalidation requested) stay live.
"""

import re
from functools import lru_cache
from typing import TypeVar

from service.registry.domain import MarkKind, MarkStatus

T = TypeVar("T")

STATUS_WORDS: dict[MarkStatus, str] = {
    MarkStatus.FILED: """
        filed|pending|application|applied|new|received|examination|under examination|live|
        application filed|in examination|accepted|allowed|appealed|under appeal|suspended|
        live/application/under examination|live/application/awaiting examination|live/pending|
        application under examination|appeal pending|registration pending|awaiting examination|
        申请|申请中|注册申请中|商标注册申请中|商标注册申请|申请收文|等待受理|受理|已受理|受理通知书发文|
        待审|待审中|等待实质审查|实质审查|实质审查中|审查中|等待审查|注册申请|申请注册中|
        驳回通知发文|驳回通知书发文|驳回待复审|驳回复审|驳回复审中|等待驳回复审|驳回复审待审|部分驳回|
        补正|补正中|等待补正|申请待审|商标申请中|출원|심사중|출원중|出願|審査中""",
    MarkStatus.PUBLISHED: """
        published|published for opposition|gazetted|advertised|application published|
        live/application/published for opposition|
        初审公告|初步审定|初步审定公告|已初审|初审|初审公告中|初步审定并公告|公告|公告中|等待注册公告|
        공고|출원공고|公告済""",
    MarkStatus.OPPOSED: """
        opposed|opposition|opposition pending|under opposition|opposition filed|
        live/application/opposition pending|
        异议|异议中|被异议|异议待审|异议审查中|异议公告|异议复审|异议复审中|不予注册复审|不予注册复审中|
        이의신청|異議申立中""",
    MarkStatus.REGISTERED: """
        registered|live/registered|live/registration/issued and active|granted|in force|renewed|
        protected|valid|registration|registered and renewed|active|live/registration|
        live/registration/cancellation/invalidation pending|registration cancellation pending|
        cancellation pending|invalidation pending|
        注册|已注册|商标已注册|注册公告|核准注册|予以注册|有效|注册商标|维持注册|续展|已续展|续展中|
        注册公告排版完成|核准续展注册|部分无效|部分撤销|部分注销|转让中|变更中|宽展期|续展宽展期|
        撤销三年不使用待审|撤销三年不使用审理中|撤三中|撤销中|撤销申请审查中|无效宣告中|无效宣告申请审查中|
        无效宣告待审|撤销/无效宣告申请审查中|撤销复审|撤销复审中|商标注册|已核准注册|
        등록|登録|存続|存続中""",
    MarkStatus.EXPIRED: """
        expired|lapsed|not renewed|dead/expired|removed - not renewed|dead/registration/expired|
        registration expired|
        期满未续展|期满未续展注销|期满未续展注销商标|过期|已过期|届满|已届满|失效|已失效|未续展|
        실효|소멸|존속기간만료|存続期間満了""",
    MarkStatus.CANCELLED: """
        cancelled|canceled|invalidated|invalid|revoked|dead|dead/cancelled|
        dead/registration/cancelled/invalidated|annulled|removed|removed from register|ended|
        inactive|registration cancelled|registration surrendered|dead/registration/surrendered|
        撤销|已撤销|商标已撤销|被撤销|宣告无效|无效宣告|商标无效|已无效|无效|商标已无效|无效公告|
        注销|已注销|商标已注销|撤销公告|注销公告|취소|무효|取消|無効""",
    MarkStatus.REFUSED: """
        refused|rejected|dead/application/refused/dismissed or invalidated|final refusal|
        application refused|
        驳回|已驳回|被驳回|商标被驳回|申请被驳回|不予注册|不予受理|不予核准|驳回(终)|
        거절|거절결정|각하|拒絶|拒絶査定""",
    MarkStatus.WITHDRAWN: """
        withdrawn|abandoned|surrendered|dead/abandoned|dead/application/withdrawn/abandoned|deleted|
        application withdrawn|
        撤回|已撤回|申请撤回|商标撤回|主动撤回|放弃|已放弃|视为放弃|视为撤回|
        취하|포기|取下|放棄""",
    MarkStatus.UNKNOWN: "unknown|未知|不详|其他|状态不明",
}

KIND_WORDS: dict[MarkKind, str] = {
    MarkKind.WORD: """
        word|words|text|typeset|standard character|standard characters|verbal|
        standard character mark|
        文字|文字商标|纯文字|汉字|中文|英文|拼音|字母|标准字符|문자|文字商標|문자상표""",
    MarkKind.FIGURATIVE: """
        figurative|device|logo|design|image|figure|drawing|figurative mark|
        图形|图形商标|纯图形|图案|图样|도형|도형상표|図形""",
    MarkKind.COMBINED: """
        combined|combination|mixed|word and device|word/device|figurative with words|stylized|
        stylised|word+device|
        文字及图形|文字及图|文字图形|文字和图形|文字与图形|文字图形组合|图文|图文组合|图文结合|组合|组合商标|
        文字+图形|文字、图形|图形文字|결합|복합|도형복합|結合""",
    MarkKind.THREE_D: "three_d|3d|3-d|three-dimensional|three dimensional|shape|shape_3d|立体|三维|"
    "三维标志|立体商标|三维标志商标|입체|立体商標",
    MarkKind.SOUND: "sound|audio|sound mark|声音|声音商标|音响|소리|音",
    MarkKind.OTHER: """
        other|colour|color|colour combination|hologram|motion|position|pattern|olfactory|multimedia|
        颜色组合|颜色组合商标|颜色|动态|位置|全息|气味|其他|색채|홀로그램|動き|位置商標""",
}

NO_KIND = frozenset(
    ["一般", "一般商标", "普通", "普通商标", "特殊", "集体", "集体商标", "证明", "证明商标",
     "商品商标", "服务商标", "商品", "服务", "individual", "collective", "certification",
     "trademark", "service mark"]
)  # fmt: skip
"""Words people put under 商标类型 that tell whose or what the mark is for, not how it looks."""


def folded(word: str) -> str:
    """Return the key a word is looked up by: casefolded, without space and outer punctuation."""
    narrow = word.casefold().replace("（", "(").replace("）", ")")
    return re.sub(r"\s+", "", narrow).strip(".。,，:：")


def _table(words: dict[T, str]) -> dict[str, T]:
    return {
        folded(word): value
        for value, line in words.items()
        for word in line.split("|")
        if word.strip()
    }


STATUSES = _table(STATUS_WORDS)
KINDS = _table(KIND_WORDS)


@lru_cache(4096)
def status_of(word: str) -> MarkStatus | None:
    """Return the status a word stands for; None where the table does not know it."""
    return STATUSES.get(folded(word))


@lru_cache(1024)
def kind_of(word: str) -> MarkKind | None:
    """Return the kind a word stands for; None where the table does not know it."""
    return KINDS.get(folded(word))
