"""A notice in words: translated when it is shown, in the language of who reads."""

from service.notices.domain import Message
from service.ui.i18n import Language, Translator, translator


def told(message: Message, words: Translator) -> str:
    """Return the sentence in a language, its values filled in."""
    values = {
        name: told(value, words) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return words.text(message.text, **values)


def told_in_both(message: Message | None) -> dict[str, str]:
    """Return the sentence in each language, by BCP 47 tag; empty texts for none."""
    return {
        language.value: told(message, translator(language)) if message else ""
        for language in Language
    }
