"""Documents: a template becomes Markdown, and that very Markdown becomes a Word file.

The only package that imports Jinja, markdown-it, python-docx and Pillow. The package itself imports none of them.
"""
