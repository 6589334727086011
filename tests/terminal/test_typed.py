from __future__ import annotations
import time


def test_new_case(window, shelf, stories, tmp_path):
    from tests.terminal import conftest as c

    home = tmp_path / "home"
    shelf.take("empty", home)
    story = stories["family-1", "new-case"]
    t = time.time()
    w = window(home, "new-case", passphrase=shelf.recovery)
    for n, step in enumerate(story.line, 1):
        w.until_question(n)
        for i, k in enumerate(c.keys_for(step, story.answers[step.path])):
            if i:
                w.until_asked("Why is there")
            w.send(k)
    w.until_asked("Type a number")
    w.send("\r")
    print(w.end(), time.time() - t)
    print(w.text[-6000:])
