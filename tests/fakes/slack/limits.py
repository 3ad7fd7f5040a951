"""What Slack allows, as numbers, each with the page or measurement it comes from."""

# https://docs.slack.dev/reference/block-kit/blocks
BLOCKS_IN_VIEW = 100
BLOCKS_IN_MESSAGE = 50

# https://docs.slack.dev/reference/views/modal-views
VIEW_TITLE = 24
VIEW_SUBMIT = 24
VIEW_CLOSE = 24
PRIVATE_METADATA = 3000
CALLBACK_ID = 255
EXTERNAL_ID = 255
# views.open, error view_too_large
VIEW_BYTES = 250_000
# https://docs.slack.dev/surfaces/modals: a root view and two pushed on top of it
VIEWS_IN_STACK = 3

# https://docs.slack.dev/reference/block-kit/blocks/section-block
SECTION_TEXT = 3000
SECTION_FIELDS = 10
SECTION_FIELD_TEXT = 2000
# .../blocks/header-block, context-block, actions-block, input-block, image-block
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
CONTEXT_TEXT = 3000
ACTIONS_ELEMENTS = 25
INPUT_LABEL = 2000
INPUT_HINT = 2000
IMAGE_URL = 3000
IMAGE_ALT_TEXT = 2000
IMAGE_TITLE = 2000
BLOCK_ID = 255
ACTION_ID = 255

# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
OPTION_VALUE = 150
OPTION_GROUP_LABEL = 75
# .../block-elements/radio-button-group-element, checkboxes-element, select-menu-element
RADIO_OPTIONS = 10
CHECKBOX_OPTIONS = 10
SELECT_OPTIONS = 100
OVERFLOW_OPTIONS = 5

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
BUTTON_URL = 3000
ACCESSIBILITY_LABEL = 75
BUTTON_STYLES = ("primary", "danger")
# .../block-elements/plain-text-input-element
TYPED_TEXT = 3000
PLACEHOLDER = 150
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30

# https://docs.slack.dev/reference/methods/chat.postMessage
MESSAGE_TEXT = 40_000
# Undocumented; measured in https://github.com/slackapi/bolt-js/issues/2509: one block takes
# 13,297 characters, and each further block costs about 125 of them.
MESSAGE_BLOCKS_BUDGET = 13_422
MESSAGE_COST_OF_A_BLOCK = 125
# https://docs.slack.dev/messaging/message-metadata; the size is not published, this is ours
METADATA_EVENT_TYPE = 255
METADATA_BYTES = 8_000

# https://docs.slack.dev/interactivity/handling-user-interaction
ACKNOWLEDGE_SECONDS = 3.0
TRIGGER_SECONDS = 3.0
RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 30 * 60
# Ours: an error under a field is one sentence, not a page.
FIELD_ERROR = 300
# https://docs.slack.dev/apis/web-api/rate-limits: one message a second in each channel
SECONDS_BETWEEN_POSTS = 1.0
