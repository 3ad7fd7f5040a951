"""`python -m bot` is `share-check`."""

from bot.cli import main

if __name__ == "__main__":
    main()
