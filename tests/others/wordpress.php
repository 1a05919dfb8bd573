<?php
/**
 * Runs a part of WordPress's own code on a text, for tests/e2e/wordpress.spec.mjs:
 *
 *   php wordpress.php WORDPRESS PLUGIN < request      (a request and the answer are JSON)
 *
 * {"do": "save", "text"}             what is stored when somebody saves it who may not write HTML of any kind: an author, a
 *                                    contributor, or anybody but the network's administrator on a multisite
 * {"do": "show", "text", "define"}   what a page shows of it with the plugin on: {"html", "scripts"}
 * {"do": "plugin", "zip", "into"}    what WordPress finds in a zip under "Upload Plugin": {"files", "data"}
 *
 * WORDPRESS is the folder with wp-includes. There is no database, so the few settings that this code asks for are here.
 */

list( , $wordpress, $plugin ) = $argv;
define( 'ABSPATH', "$wordpress/" );
define( 'WPINC', 'wp-includes' );
define( 'WP_CONTENT_DIR', '/nowhere' );
define( 'WP_PLUGIN_DIR', '/nowhere/plugins' );
define( 'WPMU_PLUGIN_DIR', '/nowhere/mu-plugins' );
define( 'WP_DEBUG', false );
$wp_plugin_paths = array();
error_reporting( E_ALL & ~E_DEPRECATED );

/** Somebody without the right to write HTML of any kind ("unfiltered_html"). */
function current_user_can() {
	return false;
}
$parts = array( 'compat', 'load', 'plugin', 'cache', 'functions', 'formatting', 'kses', 'shortcodes', 'pomo/mo', 'l10n', 'link-template', 'general-template', 'theme', 'http',
	'class-wp-block-parser', 'class-wp-dependency', 'class.wp-dependencies', 'class.wp-scripts', 'functions.wp-scripts' );
foreach ( $parts as $part ) {
	require_once ABSPATH . WPINC . "/$part.php";
}
define( 'KB_IN_BYTES', 1024 );
wp_cache_init();
wp_cache_set( 'alloptions', array( 'blog_charset' => 'UTF-8', 'home' => 'https://clinic.example', 'siteurl' => 'https://clinic.example', 'use_smilies' => '1' ), 'options' );
$GLOBALS['allowedposttags'] = apply_filters( 'wp_kses_allowed_html', $allowedposttags, 'post' );

$request = json_decode( stream_get_contents( STDIN ), true );
$answer  = null;
switch ( $request['do'] ) {
	case 'save':
		kses_init_filters();
		$answer = wp_unslash( apply_filters( 'content_save_pre', wp_slash( $request['text'] ) ) );
		break;
	case 'show':
		if ( isset( $request['define'] ) ) {
			define( 'ANTEROOM_URL', $request['define'] );
		}
		require $plugin;
		do_action( 'init' );
		do_action( 'wp_enqueue_scripts' );
		// The filters of the_content, in WordPress's order (wp-includes/default-filters.php).
		$html = preg_replace( '/<!-- \/?wp:.*?-->/', '', $request['text'] );
		foreach ( array( 'wptexturize', 'wpautop', 'shortcode_unautop', 'do_shortcode', 'convert_smilies' ) as $filter ) {
			$html = $filter( $html );
		}
		ob_start();
		wp_scripts()->do_items( false, 1 );
		$answer = array( 'html' => $html, 'scripts' => ob_get_clean() );
		break;
	case 'plugin':
		require ABSPATH . 'wp-admin/includes/class-pclzip.php';
		require ABSPATH . 'wp-admin/includes/plugin.php';
		$archive = new PclZip( $request['zip'] );
		$files   = $archive->extract( PCLZIP_OPT_PATH, $request['into'] );
		$answer  = array( 'files' => array_column( $files, 'stored_filename' ) );
		foreach ( glob( $request['into'] . '/*/*.php' ) as $file ) {
			$answer['data'] = get_plugin_data( $file, false, false );
		}
		break;
}
echo json_encode( $answer );
