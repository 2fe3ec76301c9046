-- title: Event taxonomy
-- description: What each event name means. event_name is the one name that all later tables use for it; event_kind says
--   which step of the funnel it is. Names of the common tag managers and shop systems are here so that an export
--   of theirs works as it comes. To teach Clickpath a new name, add a row.
-- grain: one row per event name as files spell it
-- key: raw_event_name
WITH names (raw_event_name, event_name, event_kind) AS (
    VALUES
        ('page_viewed', 'page_viewed', 'page_view'),
        ('page_view', 'page_viewed', 'page_view'),
        ('pageview', 'page_viewed', 'page_view'),
        ('product_viewed', 'product_viewed', 'product_view'),
        ('view_item', 'product_viewed', 'product_view'),
        ('collection_viewed', 'collection_viewed', 'other'),
        ('view_item_list', 'collection_viewed', 'other'),
        ('search_submitted', 'search_submitted', 'other'),
        ('search', 'search_submitted', 'other'),
        ('product_added_to_cart', 'product_added_to_cart', 'cart'),
        ('add_to_cart', 'product_added_to_cart', 'cart'),
        ('product_removed_from_cart', 'product_removed_from_cart', 'other'),
        ('remove_from_cart', 'product_removed_from_cart', 'other'),
        ('cart_viewed', 'cart_viewed', 'other'),
        ('view_cart', 'cart_viewed', 'other'),
        ('checkout_started', 'checkout_started', 'checkout'),
        ('begin_checkout', 'checkout_started', 'checkout'),
        ('checkout_address_info_submitted', 'checkout_address_info_submitted', 'other'),
        ('checkout_contact_info_submitted', 'checkout_contact_info_submitted', 'other'),
        ('checkout_shipping_info_submitted', 'checkout_shipping_info_submitted', 'other'),
        ('add_shipping_info', 'checkout_shipping_info_submitted', 'other'),
        ('payment_info_submitted', 'payment_info_submitted', 'other'),
        ('add_payment_info', 'payment_info_submitted', 'other'),
        ('checkout_completed', 'purchase', 'purchase'),
        ('purchase', 'purchase', 'purchase'),
        ('order_completed', 'purchase', 'purchase'),
        ('email_filled_on_popup', 'email_filled_on_popup', 'lead'),
        ('generate_lead', 'generate_lead', 'lead'),
        ('sign_up', 'sign_up', 'lead'),
        ('session_start', 'session_start', 'other'),
        ('first_visit', 'first_visit', 'other'),
        ('user_engagement', 'user_engagement', 'other'),
        ('scroll', 'scroll', 'other'),
        ('click', 'click', 'other')
)

SELECT raw_event_name, event_name, event_kind
FROM names
