"""Hand-made records for the report's tests: six actors, four languages, every kind of finding and of date."""

# ruff: noqa: E501 (sentences of articles)
from __future__ import annotations

import datetime as dt
from typing import Any

from claims.records import (
    Actor,
    Article,
    Claim,
    DateEvidence,
    DateRange,
    Feature,
    Finding,
    FindingActor,
    FindingSide,
    Published,
    Rejected,
    Target,
)


class Sample:
    """Collects the records of a run as they are added."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.claims: dict[str, Claim] = {}
        self.findings: list[Finding] = []
        self.rejected: list[Rejected] = []
        self.manifest: dict[str, Any] = {}
        self.judgements: dict[str, dict[str, str]] = {}

    def claim(
        self,
        quote: str,
        *,
        lang: str,
        actor: tuple[str, str],
        target: tuple[str, str] | None,
        stance: float | None,
        date: str,
        before: str = "",
        after: str = "",
        title: str = "",
        path: str = "",
        **more: Any,
    ) -> Claim:
        """One article with one claim in it. ``date`` is ``""``, one ISO day, ``first/last``, ``first/`` or ``/last``."""
        number = len(self.articles) + 1
        first, _, last = date.partition("/") if "/" in date else (date, "", date)
        ends = {
            "earliest": dt.date.fromisoformat(first) if first else None,
            "latest": dt.date.fromisoformat(last) if last else None,
        }
        published = Published(
            **ends,
            precision="day" if first and first == last else "range" if date else "unknown",
            evidence=(DateEvidence(rule="dateline", text=date, **ends),) if date else (),
        )
        article = Article(
            id=f"a{number}",
            path=path or f"articles/{lang}/{number:02}.txt",
            lang=lang,
            title=title,
            published=published,
            text=before + quote + after,
        )
        self.articles[article.id] = article
        claim = Claim(
            id=f"c{number}",
            article_id=article.id,
            text=quote,
            quote=quote,
            start=len(before),
            end=len(before) + len(quote),
            lang=lang,
            actor=Actor(id=actor[0], name=actor[1], surface=more.pop("surface", actor[1])),
            target=Target(id=target[0], name=target[1]) if target else None,
            stance=stance,
            date=DateRange(**ends),
            **more,
        )
        self.claims[claim.id] = claim
        return claim

    def finding(self, earlier: Claim, later: Claim, fingerprint: str, **fields: Any) -> Finding:
        """A finding that joins two claims."""
        assert earlier.actor
        fields = {
            "kind": "reversal",
            "direction": "hardening",
            "probability": 0.9,
            "explanation": "The stance moved between the two dates.",
            **fields,
        }
        finding = Finding(
            fingerprint=fingerprint,
            actor=FindingActor(id=earlier.actor.id, name=earlier.actor.name),
            target=earlier.target,
            earlier=self._side(earlier),
            later=self._side(later),
            **fields,
        )
        self.findings.append(finding)
        return finding

    def _side(self, claim: Claim) -> FindingSide:
        return FindingSide(
            claim_id=claim.id,
            article_id=claim.article_id,
            path=self.articles[claim.article_id].path,
            quote=claim.quote,
            start=claim.start,
            end=claim.end,
            date=claim.date,
        )

    def parts(self) -> dict[str, Any]:
        """The arguments of ``build``."""
        return {
            "findings": self.findings,
            "articles": self.articles,
            "claims": self.claims,
            "rejected": self.rejected,
            "manifest": self.manifest,
            "judgements": self.judgements,
        }


FEATURES = (
    Feature(
        name="stance_gap",
        value=1.04,
        contribution=2.31,
        reason="The stance fell from 0.48 to −0.56 towards the same target.",
    ),
    Feature(
        name="similarity", value=0.83, contribution=0.74, reason="Both statements speak about sanctions and contacts."
    ),
    Feature(name="negation", value=1.0, contribution=0.42, reason="Only the later statement is negated."),
    Feature(name="days_apart", value=1880, contribution=-0.35, reason="More than five years lie between the two."),
)


def sample() -> Sample:
    """Nine findings of six actors in Arabic, English, French and Russian."""
    s = Sample()
    darwish, harbour = ("q-darwish", "سامي درويش"), ("q-harbour", "سلطة الميناء")
    first = s.claim(
        "سنعمل مع سلطة الميناء ونرحّب بكل اتصال يقرّب بيننا، فالحوار هو الطريق الوحيد",
        before="اجتمع ممثلو النقابات أمس في قاعة البلدية لمناقشة خطة التوسعة، وحضر اللقاء عدد من التجار والصيادين. وقال درويش: «",
        after="». وأضاف أن اللجنة ستجتمع مرة كل شهر، وأن محاضر الاجتماعات ستُنشر ليطّلع عليها الجميع.",
        lang="ar",
        actor=darwish,
        target=harbour,
        stance=0.48,
        date="2017-03-12",
        cue="قال",
        speech="direct",
        surface="درويش",
        title="درويش يدعو إلى فتح قنوات الاتصال",
        path="articles/ar/darwish-qanawat.txt",
    )
    second = s.claim(
        "لن نعمل مع سلطة الميناء ولا نرحّب بأي اتصال، فالحوار معها لم يعد الطريق",
        before="وفي كلمة ألقاها أمام المتضررين من الإغلاق رفض درويش عروض الوساطة الأخيرة، وأكد أمام الحاضرين: «",
        after="». ولم تعلّق السلطة على هذه التصريحات حتى مساء الأربعاء، واكتفت بالقول إن المفاوضات مستمرة.",
        lang="ar",
        actor=darwish,
        target=harbour,
        stance=-0.56,
        date="2022-05-04",
        cue="أكد",
        speech="direct",
        title="بعد الإغلاق: درويش يغلق باب الحوار",
        path="articles/ar/darwish-ighlaq.txt",
    )
    s.finding(
        first,
        second,
        "7c1e5a90b2d44f18",
        probability=0.96,
        features=FEATURES,
        explanation="سامي درويش moved from cooperation (0.48) to confrontation (−0.56) towards سلطة الميناء.",
    )
    for stance, date, quote in (
        (0.31, "2018-09-02", "نرى في سلطة الميناء شريكًا يمكن الاتفاق معه"),
        (0.12, "2019-01-01/2019-12-31", "ننتظر من السلطة أجوبة واضحة"),
        (-0.22, "2020-11-17/", "تأخرت السلطة كثيرًا في الوفاء بما وعدت به"),
        (-0.35, "", "السلطة لا تسمع أصوات الصيادين"),
    ):
        s.claim(quote, lang="ar", actor=darwish, target=harbour, stance=stance, date=date)
    s.claim("زار درويش مكاتب السلطة", lang="ar", actor=darwish, target=harbour, stance=None, date="2018-01-05")

    lindqvist, treaty = ("q-lindqvist", "Maja Lindqvist"), ("q-treaty", "the river treaty")
    third = s.claim(
        "We will never sign the river treaty while the dam upstream stays closed",
        before="Speaking to reporters after the cabinet meeting, the minister left little room for doubt about where the government stood on the question. “",
        after=",” she said. The statement drew applause from the farmers’ union, which has opposed the text since the first draft was made public last autumn.",
        lang="en",
        actor=lindqvist,
        target=treaty,
        stance=-0.71,
        date="2019-06-03",
        cue="said",
        speech="direct",
        title="Minister rules out signing the river treaty",
        path="articles/en/river-never.html",
        surface="the minister",
    )
    fourth = s.claim(
        "Nous sommes prêts à signer le traité du fleuve dès cet automne",
        before="À l’issue d’une visite de deux jours, Maja Lindqvist a annoncé un tournant. « ",
        after=" », a-t-elle déclaré devant la presse, en saluant « un texte équilibré » après quatre années de pourparlers.",
        lang="fr",
        actor=lindqvist,
        target=treaty,
        stance=0.64,
        date="2023-02-10/2023-02-14",
        cue="a déclaré",
        speech="direct",
        title="Traité du fleuve : la ministre prête à signer",
        path="https://example.org/archives/2023/02/traite-du-fleuve.html",
    )
    s.finding(
        third,
        fourth,
        "1f00aa37c9e24d6b",
        direction="softening",
        probability=0.93,
        features=FEATURES[:2],
        state="unchanged",
        explanation="Maja Lindqvist moved from confrontation (−0.71) to cooperation (0.64) towards the river treaty.",
    )
    s.judgements["1f00aa37c9e24d6b"] = {"decision": "confirmed", "reason": "Checked against both pages by the desk."}

    orlov, mine = ("q-orlov", "Пётр Орлов"), ("q-mine", "рудник «Северный»")
    fifth = s.claim(
        "Мы поддерживаем рудник «Северный», если компания восстановит лес",
        before="На слушаниях в областном центре выступили обе стороны. Депутат Орлов заявил: «",
        after="». По его словам, без этого условия согласия не будет, и проект придётся пересматривать.",
        lang="ru",
        actor=orlov,
        target=mine,
        stance=0.35,
        date="2021-04-01/2021-04-30",
        cue="заявил",
        speech="direct",
        factivity="conditional",
        title="Орлов назвал условие для рудника",
        path="articles/ru/orlov-uslovie.txt",
    )
    sixth = s.claim(
        "Мы поддерживаем рудник «Северный» без всяких условий",
        before="Год спустя депутат высказался короче: «",
        after="», — сказал Орлов.",
        lang="ru",
        actor=orlov,
        target=mine,
        stance=0.7,
        date="2022-06-20",
        cue="сказал",
        speech="direct",
        title="Орлов: рудник нужен области",
        path="articles/ru/orlov-oblast.txt",
    )
    s.finding(
        fifth,
        sixth,
        "aa12bb34cc56dd78",
        kind="conditional",
        direction="softening",
        probability=0.81,
        features=FEATURES[1:],
        explanation="A condition was dropped: «если компания восстановит лес».",
        state="updated",
    )

    haddad, strike = ("q-haddad", "ليلى حداد"), ("q-strike", "الإضراب العام")
    seventh = s.claim(
        "الإضراب العام حق مشروع نتفهّمه",
        lang="ar",
        actor=haddad,
        target=strike,
        stance=-0.1,
        date="2020-02-11",
        cue="قالت",
        before="من جهتها قالت وزيرة العمل ليلى حداد إن ",
        after="، مضيفة أن الوزارة ستستمع إلى المطالب.",
        speech="indirect",
        title="وزيرة العمل: الإضراب حق مشروع",
    )
    eighth = s.claim(
        "الإضراب العام عمل تخريبي سنواجهه بكل الوسائل",
        lang="ar",
        actor=haddad,
        target=strike,
        stance=-0.83,
        date="",
        before="وقالت حداد إن ",
        after="، من دون أن توضح ما تعنيه.",
        cue="قالت",
        speech="indirect",
        title="حداد تهاجم الإضراب",
    )
    s.finding(
        seventh,
        eighth,
        "0d9c8b7a6f5e4d3c",
        kind="hardening",
        probability=0.74,
        features=FEATURES[:1],
        explanation="The later statement is clearly further from cooperation.",
    )

    okafor = ("q-okafor", "Chidi Okafor")
    ninth = s.claim(
        "The bridge was inspected twice before the flood",
        lang="en",
        actor=okafor,
        target=None,
        stance=None,
        date="2024-01-15",
        before="Asked about the repairs, Okafor said that ",
        after=", and that the reports were on file.",
        cue="said that",
        speech="indirect",
        title="Bridge was inspected twice, says engineer",
    )
    tenth = s.claim(
        "The bridge was never inspected before the flood",
        lang="en",
        actor=okafor,
        target=None,
        stance=None,
        date="2024-01-15",
        before="In his testimony he put it differently. “",
        after="”, Okafor told the committee.",
        cue="told",
        speech="direct",
        title="Engineer contradicts earlier account",
        factivity="asserted",
    )
    s.finding(
        ninth,
        tenth,
        "5566778899aabbcc",
        kind="contradiction",
        direction="none",
        probability=0.62,
        explanation="Both statements cannot be true: “inspected twice” and “never inspected”.",
    )
    s.finding(
        fifth,
        sixth,
        "99887766554433aa",
        kind="softening",
        direction="softening",
        probability=0.41,
        features=FEATURES[:2],
    )
    long_actor = (
        "q-committee",
        "The Joint Standing Committee on the Administration of Inland Waterways, Ports and Coastal Affairs",
    )
    for number, (start, end, kind) in enumerate(
        ((0.2, 0.8, "softening"), (0.6, -0.3, "reversal"), (-0.2, -0.7, "hardening"))
    ):
        one = s.claim(
            "The committee will look again at the coastal levy in the spring",
            lang="en",
            actor=long_actor,
            date=f"{2010 + number}-05-05/",
            target=(f"q-levy{number}", "the coastal levy"),
            stance=start,
            title="Levy under review",
        )
        two = s.claim(
            "The committee will not look again at the coastal levy",
            lang="en",
            actor=long_actor,
            date=f"/{2014 + number}-07-01",
            target=(f"q-levy{number}", "the coastal levy"),
            stance=end,
            title="Levy stays",
        )
        s.finding(
            one,
            two,
            f"c0ffee000000000{number}",
            kind=kind,
            direction="softening" if end > start else "hardening",
            probability=0.7 - number / 10,
        )

    s.rejected = [
        Rejected(
            stage="ingest", reason="binary", path="articles/ar/old.doc", detail="begins as an office document does"
        ),
        Rejected(stage="ingest", reason="empty", path="articles/en/blank.txt", detail="the file is empty"),
        *(
            Rejected(
                stage="attribute",
                reason="no_holder",
                path=f"articles/en/{n:02}.txt",
                detail="no speaker in the sentence or the one before",
                text="It was widely expected that the talks would fail.",
            )
            for n in range(15)
        ),
    ]
    s.manifest = {
        "date": "2025-02-03",
        "counts": {"articles": 24, "claims": 26, "pairs": 41, "findings": 9, "rejected": 17},
        "versions": {"claims": "0.1.0", "encoder": "multilingual-e5-small q4", "stance": "2025-01"},
        "notes": [
            "One article in Georgian was read without language knowledge: holders there may be missed.",
            "Dates of 2 articles are unknown.",
        ],
        "times": {"total": 12.3},
    }
    return s
