"""First names that are common in Britain, of many origins, and say nothing else in small letters.

Best effort: a list can never be whole, and names that are words too (Grace, Hope, Mark, Will,
Summer, Paris) are left to the other rows, which want a cue or a second name.
"""

COMMON = """
aaliyah aaron abdul abdullah abigail adam adebayo agnieszka ahmed aidan aisha ajay alan albert
alejandro aleksander aleksandra alesha alex alexander alexandra alexis alfie ali alice alicia
alisha alison amara amelia amelie amina aminata amir amirah amit amy ana anais anastasia andre
andrea andrew andrzej angela angus anika anisa anita anjali ann anna annabel anne annette annie
anthony anwar arabella archie arjun arthur asha ashley ashton asif ava ayaan ayesha babar barbara
beata beatrice beatriz becky ben benjamin beth bethany beverley bilal bogdan bradley brandon brian
bridget bronwyn brooklyn bryony callum cameron camila carl carla carlos caroline catherine ceri
charlene charles charlie charlotte chelsey chidi chinedu chloe christina christine christopher
ciara claire clara clare clive colin connor corey craig curtis cynthia daksh damian daniel
danielle danuta darius darren daryl dave david dawid deborah declan deepak denise dennis derek
devon diana diane diego dimitri dominic donna doris dorothy duncan dylan ebony edith edward eileen
eilidh elaine eleanor elena elif elijah elizabeth ella ellen ellie elliot ellis eloise elsie emeka
emily emir emma emmanuel eniola eric erin esther ethan eva evan evelyn evie ewa ezra farah farhan
fatima fatuma felix fiona folarin francesca freddie frederick freya gabriel gareth gary gavin
gemma geoffrey george georgia georgina gerald gillian giorgia giovanni glenn gordon graham greg
gregory gurpreet gwen habib hadiya hafsa hamza hannah hardeep harish harley harold harriet
harrison harry harvey hassan hayley heidi helen henry hiba hugo humaira hussain ian ibrahim idris
imogen imran ines ioana isaac isabel isabella isabelle isaiah isha isla ismail ivan iwona jacek
jack jackson jacob jacqueline jake jakub jamal james jamie jane janet janice jared jasmin jasmine
jason javed jaxon jayda jayden jaydon jayne jaz jeffrey jenna jennifer jenny jeremy jerome jessica
jill jim joan joanna joanne joe joel john johnny jonathan jordan jorge jose joseph josh joshua
jude judith julia julian julie justin justyna kacper kai kaiden kamal karen karim karl kasia
katarzyna kate katherine kathleen kathryn katie kayden kayla kaylee kayleigh keeley keiran keith
kelly kelvin kemi kenneth kerry kevin khadija khalid kian kieran kirsty kofi krzysztof ksenia kuba
kwame kyle kyra lacey laila lara latisha laura lauren layla leah leanne leila lena lenny leon
leona leroy lesley lewis liam lillian lina linda lindsey lisa logan lorraine louis louise lucas
lucia lucy luka lukas lukasz luke lydia lynn maciej mackenzie maddison madeleine magda mahmoud
maisie malachi malcolm malgorzata malik mandeep manuel marcin marcus margaret maria mariam marie
marta martha marvin mary maryam mason mateo mateusz matilda matthew maureen maxine maya megan
mehmet mei melanie melissa mia michael michelle mihai mikolaj mila milly mirela mohamed mohammad
mohammed moira molly monica monika morgan muhammad muna musa mustafa nadia naomi natalia natalie
natasha nathan nathaniel navdeep nazia neha neil ngozi niall nicholas nicola nicole nigel nikhil
nikita nina noah noor nora norman obi oisin olamide oleh oleksandr olga oliver olivia oluwaseun
omar oscar osman owen oyin paige pamela parveen patricia patrick paul paula pauline pawel peter
philip philippa phoebe phyllis piotr praveen priya przemek rachel radhika rafael rahul raj rajesh
ralph ranjit rashid raymond rebecca reece reggie rehana renata rhian rhiannon rhys richard riya
robert robyn rodney roger ronald ronnie rory rosie rowena roxanne rupert russell ruth ryan sabrina
sadia saffron saima saira salma sam samantha samir samira samuel sana sandra sanjay sara sarah
saskia savannah scarlett scott sean sebastian seren shabana shane shannon sharon shaun sheila
shirley shreya sian sienna simon simone sinead siobhan skye sofia sonia sophia sophie stacey
stanislaw stella stephanie stephen steven stuart sukhdeep sumaya susan suzanne svetlana sylvia
tabitha tahir tamara tanisha tanya tara tariq taylor tegan temitope teresa terrell terry thea theo
theresa thomas tia tiffany timothy tobias toby tomasz tommy toni tony tracey tracy trevor tristan
tyler tyrell tyrone uma umar usman valentina valerie vanessa vera veronica vicky victoria vijay
vikram vincent wayne wendy wiktoria wilfred william wojciech xavier xin yasmin yusra yusuf yvonne
zac zach zachary zahra zain zainab zara zeynep zoe zofia zuzanna
"""

FIRST_NAMES = frozenset(COMMON.split())
