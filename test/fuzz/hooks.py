import re

import schemathesis

TAG = re.compile(r'\*|(?:W/)?"\d{1,9}(?:-[\w-]{1,32})?"')


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what schemathesis takes for a right If-Match: of headers it makes letters and digits, whatever their pattern says."""
    tag = (case.headers or {}).get("If-Match")
    return tag is None or TAG.fullmatch(str(tag)) is not None or case.meta is None or not case.meta.generation.mode.is_positive
