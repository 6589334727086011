"""The nights of a calendar worked out slowly: one night and one quarter of an hour at a time, from the top layer down.

It reads the records of a calendar and shares no rule with the program: Easter comes from its own formula, special days
are found by asking each date what it is, halves by dealing out a list of nights. Tests and the benchmark lay it beside
``cppp_cli.programme.nights``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

STEP = 15  # minutes


def one_day(number=1):
    return timedelta(days=number)


def whose_turn(turn, year):
    owner, _, alternating = str(turn).partition("_")
    if alternating and year % 2:
        owner = {"a": "b", "b": "a"}[owner]
    return owner.upper()


def easter_of(year):
    """The anonymous Gregorian algorithm of 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_leap(year):
    try:
        date(year, 2, 29)
    except ValueError:
        return False
    return True


FIXED = {
    "christmas_eve": (12, 24),
    "christmas_day": (12, 25),
    "boxing_day": (12, 26),
    "new_years_eve": (12, 31),
    "new_years_day": (1, 1),
}


def is_third_sunday(day):
    sundays = [n for n in range(1, day.day + 1) if day.replace(day=n).strftime("%w") == "0"]
    return len(sundays) == 3 and sundays[-1] == day.day


def is_the_day(rule, day):
    """Whether a special day falls on this date."""
    if (rule.first and day < rule.first) or (rule.last and day > rule.last):
        return False
    typed = (rule.month, rule.day)
    if typed == (2, 29) and not is_leap(day.year):
        typed = (3, 1)
    asked = {
        "dates": lambda: day in rule.dates,
        "every_year": lambda: (day.month, day.day) == typed,
        "easter_sunday": lambda: day == easter_of(day.year),
        "mothering_sunday": lambda: day + one_day(21) == easter_of(day.year),
        "fathers_day": lambda: day.month == 6 and is_third_sunday(day),
    }
    return asked.get(str(rule.kind), lambda: (day.month, day.day) == FIXED[str(rule.kind)])()


def by_pattern(calendar, day):
    night, step = calendar.starts_on, 1 if day >= calendar.starts_on else -1
    place = 0
    # Whole cycles are jumped, the rest is walked night by night.
    far = abs((day - night).days) // len(calendar.letters)
    night += one_day(step * far * len(calendar.letters))
    while night != day:
        night += one_day(step)
        place += step
    return calendar.letters[place % len(calendar.letters)]


def by_swap(calendar, day):
    for swap in reversed(calendar.swaps):
        if swap.first <= day <= swap.last:
            return swap.letter
    return None


def by_special_day(calendar, day):
    for rule in reversed(calendar.special_days):
        if rule.hours is not None:
            continue
        latest = day + one_day(rule.before)
        for back in range(rule.nights):
            if is_the_day(rule, latest - one_day(back)):
                return whose_turn(rule.who, (latest - one_day(back)).year)
    return None


def dealt_out(rule, holiday):
    """Every night of a holiday with whose it is; "pattern" where the pattern goes on."""
    nights, night = [], holiday.first
    while night <= holiday.last:
        nights.append(night)
        night += one_day()
    if rule.evening_before:
        nights.insert(0, holiday.first - one_day())
    if rule.home_before_school:
        nights.pop()
    year = holiday.first.year
    if str(rule.share) == "pattern":
        return dict.fromkeys(nights, "pattern")
    first = whose_turn(rule.who, year)
    second = {"A": "B", "B": "A"}.get(first)
    if str(rule.share) == "whole":
        return dict.fromkeys(nights, first)
    if str(rule.share) == "blocks":
        return {night: [first, second][(place // rule.block) % 2] for place, night in enumerate(nights)}
    found = {}
    while len(nights) > 1:  # one from each end in turn
        found[nights.pop(0)] = first
        found[nights.pop()] = second
    for night in nights:
        middle = str(rule.middle)
        found[night] = {"first": first, "second": second}.get(middle) or whose_turn(middle, year)
    return found


def by_holiday(calendar, day):
    holidays = sorted(calendar.terms.holidays, key=lambda h: h.first, reverse=True) if calendar.terms else []
    rules = list(reversed(calendar.holidays))
    own = {str(rule.kind) for rule in rules}
    for rule in rules:
        for holiday in holidays:
            if str(holiday.kind) == str(rule.kind) and day in (found := dealt_out(rule, holiday)):
                return found[day]
    for rule in rules:
        for holiday in holidays:
            if str(rule.kind) == "any" and str(holiday.kind) not in own and day in (found := dealt_out(rule, holiday)):
                return found[day]
    for rule in rules:
        days = {"bank_holiday": calendar.bank_holidays, "inset": calendar.terms.insets if calendar.terms else ()}.get(
            str(rule.kind), ()
        )
        if str(rule.share) == "weekend":
            tomorrow = day + one_day()
            if tomorrow in days and tomorrow.strftime("%a") in {"Mon", "Fri"}:
                saturday = next(d for d in (day - one_day(), day + one_day(2)) if d.strftime("%a") == "Sat")
                # No Saturday night lies between a Monday or a Friday and its weekend: asked of one, this ends here.
                there = by_holiday(calendar, saturday)
                return by_pattern(calendar, saturday) if there in {None, "pattern"} else there
        elif day in days:
            return "pattern" if str(rule.share) == "pattern" else whose_turn(rule.who, day.year)
    return None


def layer_and_letter(calendar, day):
    """The layer that decides a night, and its letter."""
    for layer, ask in (("swap", by_swap), ("special", by_special_day), ("holiday", by_holiday)):
        said = ask(calendar, day)
        if said == "pattern":
            return "pattern goes on", by_pattern(calendar, day)
        if said is not None:
            return layer, said
    return "pattern", by_pattern(calendar, day)


def letter_of(calendar, day):
    return layer_and_letter(calendar, day)[1]


def letters_of(calendar, first, days):
    return "".join(letter_of(calendar, first + one_day(number)) for number in range(days))


def with_whom(calendar, moment):
    """Who has the child at a moment."""
    day, clock = moment.date(), moment.time()
    for rule in reversed(calendar.special_days):
        if rule.hours is not None and is_the_day(rule, day) and rule.hours[0] <= clock < rule.hours[1]:
            return whose_turn(rule.who, day.year)
    if layer_and_letter(calendar, day)[0].startswith("pattern"):
        into = (day - calendar.starts_on).days % len(calendar.letters)
        for daytime in reversed(calendar.daytimes):
            week = 1 + into // 7
            if (
                daytime.weekday == day.weekday()
                and daytime.week in {None, week}
                and daytime.start <= clock < daytime.end
            ):
                return daytime.side
    return letter_of(calendar, day if clock >= calendar.handover_at else day - one_day())


def minutes_of_care(calendar, first, days):
    """Minutes with each from the handover on the first date, a quarter of an hour at a time."""
    found = {"A": 0, "B": 0, "O": 0}
    moment = datetime.combine(first, calendar.handover_at)
    for _ in range(days * 24 * 60 // STEP):
        found[with_whom(calendar, moment)] += STEP
        moment += timedelta(minutes=STEP)
    return found


def at(hour, quarter=0):
    return time(hour, quarter * STEP)
