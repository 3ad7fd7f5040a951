"""The words that a code is spoken in: 1,024 of our own, no two of them a letter apart."""

from __future__ import annotations

_WORDS = """
accent acorn adapt admire adobe advice aerial affair afloat agenda agree airport album alcove alder
alert algae almond almost alpine always amber anchor ankle answer anthem antler anvil apron arcade
arena argue armour artist aspen atlas attic autumn avenue awake award badger bagel baker balance
balcony ballad bamboo banana banjo banner barge barley basin basket beacon beads beaver bedrock
beech beetle begin belong beside beyond bicycle birch biscuit bison blanket blend blink bloom
blossom board bobbin bonnet border bottle bottom bounce branch brave bread breeze brick bridge
bright bring bronze brook brush bubble bucket buckle budget buffet build bundle bushel butter
button buzzard cabin cactus calico camel camera candle canoe canvas canyon captain caravan carbon
carpet carry castle cavern cedar celery cellar census central cereal chalk chamber change channel
chapel chapter charm cheese cherry chest chicken chimney china chisel chorus cider cinema circle
circus citrus clear cliff climb cloak closet cloth cloud clover coach coast cobalt coconut colour
column comet comfort compass concert cookie copper coral cordial corner cosmic cottage cotton
country courage cradle crane crater crayon creek cricket crimson crisp crocus crown crystal cuckoo
curlew currant curve cushion custard cycle cymbal cypress dahlia daisy dance dapple daring debate
decade decent degree delight delta denim depot desert detail diagram diamond diesel digit dinghy
dinner direct distant divide dolphin domain donkey double dough dozen draft dragon drama drawer
dream drink driver duvet dwell eager eagle early earth easel editor effort elbow eleven emerald
employ empty enamel endure energy engine enjoy enough ensign entry equal equator errand essay
estate evening event every evolve exact example excite exhibit expand expert explore express extra
fable fabric factor falcon famous farmer farther fashion feather fellow fence ferry festive fiction
field fifty figure filter finch finish fjord flame flannel flask flavour fleece flight flint flour
flower flute focus foggy folder foliage forest forget formal fossil founder freckle freedom fresh
frigate fringe frost fruit fuchsia funnel furrow future gadget galaxy gallery gallon garage garden
garlic garnet gather gecko gentle gesture geyser giant giraffe glacier glass gleam glide glimpse
glory goblet golden goose gorge gourd grain granite grape gravy great green grocer ground grove
guitar gully gymnast habit haddock hallway hamlet hammer hammock happy harbour hardy harness
harvest haven hazel heading heart hedge height helmet helpful herald heron hickory hidden highway
hiking hilltop hinge history hobby hollow holly homely honest honey hopeful horizon hostel hourly
house hundred hurdle husky iceberg icicle igloo image impact import income indigo indoor inform
ingot inkwell inlet insect inside inspire instant island ivory jaguar jargon jasmine javelin jelly
jersey jewel jigsaw jingle jockey journal journey jovial joyful jubilee juggle juice jumper junior
juniper kayak keeper kernel kestrel keyhole kimono kingdom kiosk kitchen kitten knight knock koala
label ladder lagoon lantern lapwing larch lasso lattice laugh laundry laurel leader league learn
lecture leeway legend lemon lentil leopard lesson letter lever lichen lilac limit linen liquid
listen little lively lizard llama lobster lodge lofty logic lotus lounge loyal lucky lumber lunch
lupin luxury lyric machine magnet magpie mallard maple marble margin marina market marmot maroon
marsh marvel matter meadow measure medal medley melody melon member memory mention mentor merit
mermaid message meteor method mimosa mineral minnow minute mirror mixture mobile model modern
modest mohair moment monarch month morning mortar mosaic motor movie muffin murmur museum mussel
myrtle mystery napkin narwhal nation nature nectar needle neutral nickel nimble noble noodle north
notch notice novel nugget nutmeg nylon oasis oatmeal object oblong observe obtain ocean octave
offer office olive omelet onward opera opinion orange orbit orchard orchid oregano organ origin
osprey ostrich otter outdoor outline owner oxygen oyster pacific pageant painter palace palette
panda panel pansy panther paper papyrus parade parcel parlour parrot parsley partner party passage
pasta pastel pasture patch pattern peacock peanut pebble pelican pencil penguin penny pepper perch
period permit petal pewter phone photo piano pickle picnic picture pigeon pillow pilot pioneer
pippin pirate pixel plain planet plank plaster plate player plaza plenty plural polite pollen
popcorn poplar poppy postal potato pottery powder prairie praise prefer prepare present press
pretty prime print prism produce profit project proof proper proud public pudding pulley pulse
pumice pumpkin puppet purple purpose puzzle quaint quality quarry quartz quest quick quiet quill
quince quiver quota rabbit raccoon racket radar radio radish raisin random rapid ravine ready
recipe reflect regal region relay remark remind remote render repair reply resort return reveal
reward rhubarb rhythm ribbon riddle ripple robin robot romance rooster rotate route rubber rudder
rugby ruler rumble runner rural rustic saddle saffron salad salmon salute sample sandal sardine
satin saturn sauce saunter savour scale scarf scarlet scenic scholar science scooter score scout
scribe scroll seagull season second select senior sequel sequin serene series sesame settle seven
shadow share sheep shell shelter sherbet shine shingle shirt shovel shower shrub shutter signal
silence silver singer sketch skill skipper skylark sleeve slender slogan slope small smile smooth
snail socket solar solid sonata sorrel south spade spaniel spark speaker spice spider spinach
spiral spirit splash sponge spoon sport sprout spruce square squash stadium stage stanza staple
station statue stencil stitch stork stove straw stream street string stripe studio sturdy subject
sugar summer summit sundial sunrise sunset supper supply surface swallow sweater swift swing symbol
syrup system tablet tailor talent tally tandem tangle tango target tartan tassel taste teapot
temple tennis terrace textile thatch theatre thimble thistle thread three thrive thrush thumb
thunder thyme ticket tidal tiger timber tinder tinsel titan today toffee token tomato tonic topaz
torch total toucan toward tower track tractor trade trail travel treacle trellis tribute trickle
trident trinket triple trophy trout trowel truffle trumpet trunk trust tulip tundra turbine turnip
turtle tweed twelve twenty unfold uniform union unique unity upland upright upward urban urchin
useful usher usual utensil valley value vanilla vapour varnish vault velvet vendor verse vessel
viaduct victory video village vinegar vintage viola violet violin visit visual vital vivid vocal
voice volcano volume voyage waffle wagon walnut walrus warbler water wattle wealth weave weekend
welcome whale wheel whisper white wicker window winter wisdom wonder wooden world woven wreath
writer yacht yarrow yeast yeoman yogurt young zenith zephyr zigzag zinnia zipper zodiac
"""

WORDS = tuple(_WORDS.split())
