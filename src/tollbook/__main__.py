"""``python -m tollbook`` is ``tollbook``."""

from tollbook.cli import main

if __name__ == "__main__":
    main()
