"""What is asked and what is advised: packs as data, and the pure rules that read them."""
