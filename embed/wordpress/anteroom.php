<?php
/**
 * Plugin Name: Anteroom
 * Description: Puts the Anteroom widget into a page by the shortcode [anteroom]. It stores nothing, sends nothing, and adds no page to the admin area.
 * Version: 1.0
 * Requires at least: 5.0
 * Requires PHP: 7.0
 * License: MIT OR Apache-2.0
 *
 * Install: upload wordpress-plugin.zip under Plugins, Add New, Upload Plugin. The widget's own folder must
 * be on the web already; by default /anteroom/ beside WordPress. To use another place, write into wp-config.php:
 *   define( 'ANTEROOM_URL', 'https://clinic.example/anteroom/' );
 *
 * Use: [anteroom]  [anteroom page="myths" lang="es"]  [anteroom mode="dialog" button="Get ready for your visit"]
 * or with words for when it cannot be shown: [anteroom phone="+1 555 010 0142"]Call us at +1 555 010 0142.[/anteroom]
 */

defined( 'ABSPATH' ) || exit;

/** The widget's place on the page. Every attribute of docs/embed.html works, without its "data-". */
function anteroom_shortcode( $given, $words = '' ) {
	$folder = defined( 'ANTEROOM_URL' ) ? ANTEROOM_URL : home_url( '/anteroom/' );
	// Into the foot of the page; embed.js finds its places by itself, whenever it comes.
	wp_enqueue_script( 'anteroom', trailingslashit( $folder ) . 'embed.js', array(), null, true );
	$attributes = '';
	foreach ( (array) $given as $name => $value ) {
		// An unknown name is passed on as well, so that the check of the page can name the slip.
		$name = is_int( $name ) ? sanitize_key( $value ) : sanitize_key( $name );
		if ( '' !== $name ) {
			$attributes .= sprintf( ' data-%s="%s"', esc_attr( $name ), esc_attr( $value ) );
		}
	}
	if ( '' === trim( (string) $words ) ) {
		$words = sprintf( '<a href="%s">Get ready to talk</a>. In a crisis, call or text <a href="tel:988">988</a>.', esc_url( trailingslashit( $folder ) ) );
	}
	return '<div data-anteroom' . $attributes . '>' . wp_kses_post( $words ) . '</div>';
}
add_shortcode( 'anteroom', 'anteroom_shortcode' );
