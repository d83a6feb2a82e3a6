"""Every sentence that a form can get back. The English sentence is also its key in the catalogs of translations.

`N_` marks a sentence for translation and leaves it as it is. Pages translate it when they show it.
"""

from __future__ import annotations


def N_(text: str) -> str:
    return text


NAME = N_("Please write your name.")
PHONE = N_("Please write the whole phone number with its area code, such as 860-555-0123.")
PHONE_ABROAD = N_("Please write the whole phone number with its country code, such as +44 20 7946 0123.")
EMAIL = N_("Please check the e-mail address. It looks like name@example.org.")
PHONE_OR_EMAIL = N_("Please give a phone number or an e-mail address, so that we can reach you.")
PHONE_FAX_OR_EMAIL = N_("Please give a phone number, a fax number or an e-mail address, so that we can reach you.")
SAFE_TO_CALL = N_("Please choose whether it is safe for us to call you.")
EMAIL_WHEN_NO_CALL = N_("You asked us not to call. Please give an e-mail address, so that we can reach you.")
NEED = N_("Please tell us in a few words what you need.")
PRACTICE = N_("Please write the name of your practice.")
FAMILY_AGREED = N_("Please ask the family first. Then check this box to say that they agree.")
HOME = N_("Please tell us the country, or the state, that you live in.")
CARE = N_("Please tell us in a few words what care you are looking for.")
REPORT = N_("Please tell us in a few words what is wrong.")
TOO_LONG_SHORT = N_("This is too long. Please use 100 characters at most.")
TOO_LONG_PHONE = N_("This is too long. Please use 40 characters at most.")
TOO_LONG_EMAIL = N_("This is too long. Please use 254 characters at most.")
TOO_LONG_LONG = N_("This is too long. Please use 2,000 characters at most.")
UNREADABLE = N_("Something went wrong with this answer. Please fill it in again.")

CALL_INSTEAD = N_("We cannot take your message here right now. Nothing was sent. Please call us instead.")
