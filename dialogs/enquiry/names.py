"""Made-up names for enquiries: a colour and a bird, which say nothing about anybody."""

from __future__ import annotations

_COLOURS = """
Amber Apricot Ash Azure Bronze Brown Buff Cedar Cherry Chestnut Cobalt Copper Coral Cream Crimson
Dusky Emerald Fawn Ginger Golden Green Grey Hazel Honey Indigo Ivory Jade Lemon Lilac Linen Maple
Maroon Mauve Mint Mossy Mustard Ochre Olive Opal Orange Pearl Pine Pink Plum Purple Quartz Rose
Ruby Russet Rusty Saffron Sandy Sapphire Scarlet Silver Slate Tawny Teal Topaz Umber Velvet Violet
White Yellow
"""
_BIRDS = """
Avocet Barbet Bittern Bluebird Bulbul Bunting Buzzard Chaffinch Chough Cormorant Corncrake Crane
Crossbill Cuckoo Curlew Dabchick Dipper Dotterel Dove Dunlin Dunnock Eagle Egret Eider Falcon
Fieldfare Finch Firecrest Flamingo Gannet Goldcrest Goldfinch Goose Goshawk Grebe Greenfinch
Grouse Guillemot Gull Harrier Hawfinch Hawk Heron Hobby Hoopoe Ibis Jackdaw Jay Kestrel Kingfisher
Kite Kittiwake Knot Lapwing Lark Linnet Magpie Mallard Martin Merlin Moorhen Nightjar Nuthatch
Oriole Osprey Ouzel Owl Parrot Partridge Pelican Penguin Petrel Pheasant Pigeon Pintail Pipit
Plover Pochard Puffin Quail Rail Raven Redpoll Redshank Redstart Robin Rook Ruff Sanderling
Sandpiper Scoter Serin Shearwater Shelduck Shoveler Shrike Siskin Skua Skylark Snipe Sparrow
Spoonbill Starling Stilt Stint Stonechat Stork Swallow Swan Swift Teal Tern Thrush Treecreeper
Turnstone Twite Wagtail Warbler Waxwing Wheatear Whimbrel Whinchat Wigeon Woodcock Woodlark
Woodpecker Wren Yellowhammer
"""

COLOURS = tuple(_COLOURS.split())
BIRDS = tuple(_BIRDS.split())
HOW_MANY = len(COLOURS) * len(BIRDS)


def name_of(number: int) -> str:
    """The name at this place, of `HOW_MANY`."""
    colour, bird = divmod(number % HOW_MANY, len(BIRDS))
    return f"{COLOURS[colour]} {BIRDS[bird]}"
