"""Entry point of `python -m geomap.recognise.best_training`."""

from geomap.recognise.best_training.training import main

if __name__ == "__main__":
    main()
