"""The questions that the product asks, one a file, in folders by subject; and how they are asked."""
