// Tells a clinic in sentences what is wrong with the widget on its page. It runs in two places:
//
// - on the clinic's own page, when its address has ?anteroom-check: embed.js loads this file before it begins, and a
//   report is drawn at the foot of the page. The check that opened that page, if any, gets the same sentences.
// - in embed-check.html, beside the widget's files: it looks at the folder, and at a page whose address is typed or whose
//   source is pasted.
//
// It reads the page's mark-up and what embed.js says; it never sees an answer, and sends nothing anywhere else.
// It speaks English or Spanish: as ?lang=es or ?anteroom-check=es says, or else as the browser does.
(() => {
  'use strict';
  // Every sentence, by a key. What stands under KEY.do is what to do about KEY.
  const SENTENCES = {
    en: {
      'other': 'es',
      'switch': 'Español',
      'page.title': 'Check of the widget on your page',
      'page.heading': 'Is the widget set up well?',
      'page.lead': 'This page is for the clinic. It looks at the files in this folder and at your web page, and says in sentences what to mend. Nothing is sent or kept.',
      'page.address': 'The address of your page with the widget',
      'page.address_hint': 'As your browser shows it, for example https://clinic.example/ketamine',
      'page.check': 'Check this page',
      'page.folder': 'The widget\'s folder',
      'page.reading': 'Reading the files. One moment.',
      'page.others': 'Other ways',
      'page.yourself': 'Open your page yourself with “?anteroom-check” behind its address. A report appears at its foot, on any kind of site, if the script runs there.',
      'page.source': 'Or paste your page\'s source',
      'page.source_hint': 'On a computer: open your page, press Ctrl and U (on a Mac: Option, Command and U), mark all, copy.',
      'page.check_source': 'Check this source',
      'page.guide': 'The words, rules and numbers of the guide have a check of their own:',
      'page.guide_link': 'check the guide',
      'report.label': 'Check of the widget',
      'report.well': 'The widget is set up well',
      'report.one': 'One thing to mend',
      'report.many': '{number} things to mend',
      'report.problem': 'To mend:',
      'report.note': 'To know:',
      'report.fine': 'Fine:',
      'report.who': 'Only who opens this address with ?anteroom-check sees this report. Patients do not. Nothing was sent.',
      'report.close': 'Close this report',
      'network': 'the network did not answer',
      'server': 'the server answered {status}',
      'missing_script': '{file} could not be loaded',
      'index': 'The widget\'s page {base}index.html cannot be read: {fault}.',
      'index.do': 'Upload the whole folder, index.html too.',
      'not_index': 'Another page stands at {base}index.html.',
      'not_index.do': 'Give the widget a folder of its own, such as /anteroom/, and upload all its files there.',
      'framing': 'The server sends "X-Frame-Options: {value}" with the widget\'s page, so browsers refuse to show it inside of another page.',
      'framing.do': 'Ask your host to leave that header out for {path}.',
      'ancestors': 'The server lets only these sites show the widget:{sites}.',
      'ancestors.do': 'Your page\'s site must be among them.',
      'file': 'The file {path} cannot be read: {fault}.',
      'file.do': 'Upload it again to {base}{path}.',
      'file_page': 'In place of the file {path} the server sends a web page.',
      'file_page.do': 'Upload the file. If it is there, ask your host why it is not sent.',
      'damaged': 'The file {path} is damaged.',
      'damaged.do': 'Upload it again, in binary mode if your program asks.',
      'type': 'The server calls {path} "{type}". The widget works, but starts later than it could.',
      'type.do': 'Ask your host to send .wasm files as "application/wasm".',
      'no_type': 'no type at all',
      'files': 'All {number} files that the widget starts with are in {base}.',
      'endpoint': 'Requests would go to {address}, which is not an https address.',
      'endpoint.do': 'Write an https address behind endpoint in {path}.',
      'example': 'The phone number in {path} is still the example\'s.',
      'example.do': 'Write your own name, phone and hours under [clinic]. If they stand in a folder of your own in clinics/, name that folder with data-clinic.',
      'clinic': 'There is no folder clinics/{clinic} ({fault}).',
      'clinic.do': 'Upload it, or change data-clinic. Until then no result is milder than "review".',
      'clinic_file': 'clinics/{clinic}/settings.toml names {path}, which cannot be read: {fault}.',
      'clinic_file.do': 'Upload it, or take it out of the list files.',
      'lang_missing': 'data-lang="{lang}" asks for a language that the guide does not have.',
      'lang_missing.do': 'It has {languages}.',
      'page_missing': 'data-page="{page}" asks for a page that the guide does not have.',
      'page_missing.do': 'The pages are listed under [[page_group]] in content/settings.toml.',
      'may.script': 'load embed.js',
      'may.frame': 'show the widget\'s frame',
      'may.connect': 'read the widget\'s files',
      'policy': 'This page\'s security policy ({name}) does not let it {what}.',
      'policy.do': 'Add {origin} to {directive} where your site sets its Content-Security-Policy.',
      'policy_code': 'Whether this page may {what} is decided by a code in its security policy ({name}).',
      'policy_code.do': 'Open the page with ?anteroom-check to see it.',
      'as_text': 'The line stands on the page as text that people read, not as code.',
      'as_text.do': 'Paste it into a block or field for HTML code. docs/embed.html has a recipe for each kind of site.',
      'no_script': 'The script is missing: nothing on this page loads embed.js.',
      'no_script.do': 'Paste the two lines of your recipe. If you did, publish the page and empty the site\'s cache. docs/embed.html has a recipe for each kind of site.',
      'taken_out': 'The script is missing: nothing on this page loads embed.js.',
      'taken_out.do': 'Your editor has taken the <script> out. Use the plugin or the field for code of your kind of site. docs/embed.html has a recipe for each kind of site.',
      'held_back': 'A cookie banner or a speed plugin holds embed.js back until somebody agrees.',
      'held_back.do': 'Name embed.js as necessary there: it sets no cookie and sends nothing.',
      'other_type': 'embed.js has the type "{type}", so no browser runs it. A cookie banner does that until somebody agrees.',
      'other_type.do': 'Name embed.js as necessary there: it sets no cookie and sends nothing.',
      'plain_http': 'embed.js is loaded from an address that is not https: {address}.',
      'plain_http.do': 'Write https.',
      'no_place': 'No element on this page has data-anteroom, so the widget has no place.',
      'no_place.do': 'Your editor may have taken the attribute out. docs/embed.html has a recipe for each kind of site.',
      'source_one': 'The page\'s source has the script and 1 place for the widget.',
      'source_many': 'The page\'s source has the script and {number} places for the widget.',
      'attribute': 'There is no attribute {name}.',
      'attribute.do': 'There are {list}.',
      'value': '{name}="{value}" is not understood.',
      'value.do': 'Write {what}.',
      'known.page': 'a page, such as "myths"',
      'known.lang': 'a language, such as "es"',
      'known.phone': 'a phone number',
      'known.clinic': 'a folder in clinics/',
      'known.mode': '"page", "dialog" or "full"',
      'known.load': '"near" or "now"',
      'known.height': 'a number of pixels',
      'known.button': 'some words',
      'known.button-class': 'names of classes',
      'runs': 'embed.js runs on this page. It comes from {base}.',
      'several': 'embed.js is loaded from several folders: {list}. Only the first counts.',
      'several.do': 'Take the others out.',
      'page_http': 'This page is not opened by https, so some browsers refuse to copy and to send.',
      'page_http.do': 'Switch https on at your host, and link to the https address.',
      'blocked': 'This page\'s security policy ({name}) does not let it load {address}.',
      'blocked.do': 'Add {origin} to {directive} where your site sets its Content-Security-Policy.',
      'not_started': 'The page {address} did not start.',
      'not_started.do': 'See below whether all files are there and the security policy allows it.',
      'broken': 'The widget did not start ({why}).',
      'broken.do': 'See below whether all files are there and the security policy allows it.',
      'questions': 'The questions cannot be read.',
      'questions.do': 'Open {address} to see what to mend.',
      'the_widget': 'The widget',
      'widget_number': 'Widget {number}',
      'is_button': '{widget} is a button on this page. Press it to see that it opens.',
      'shows': '{widget} shows its questions.',
      'slow': '{widget} has not started within {seconds} seconds.',
      'slow.do': 'Reload this page. If it stays so, open {base}embed-check.html.',
      'no_button': '{widget} has data-button, but nothing to press.',
      'no_button.do': 'Add data-mode="dialog" or data-mode="full".',
      'hidden': '{widget} stands in a part of the page that is hidden.',
      'hidden.do': 'Show that part, or put the line elsewhere.',
      'narrow': '{widget} has only {width} pixels of width.',
      'narrow.do': 'Give it a wider column, or use data-mode="dialog".',
      'cut_off': '{widget} is cut off: the part of the page around it has a fixed height of {height} pixels.',
      'cut_off.do': 'Let that part grow with what it holds.',
      'no_words': '{widget} has no words of your own for when it cannot be shown.',
      'no_words.do': 'Write your phone number between the tags. Until then a link and 988 stand in.',
      'elsewhere': 'The widget\'s files are on another address, so this page cannot look at them.',
      'elsewhere.do': 'Open {base}embed-check.html to check them.',
      'in_frame': 'This page is itself inside of a frame of the site builder, which fixes its height.',
      'in_frame.do': 'Make that frame about 900 pixels high, or link to {base}index.html.',
      'no_address': 'This is not a web address. Write it as your browser shows it, for example https://clinic.example/ketamine.',
      'no_page': 'The page {address} cannot be read: {fault}.',
      'popup': 'Your browser does not let this page open yours. Open this address yourself: {address}',
      'opened': 'Your page is open in another tab. Its report comes here as well, in half a minute at most.',
      'silent': 'Your page did not answer: embed.js did not run on it.',
      'silent.do': 'Look into that tab. If there is a report at its foot, all of this is untrue.',
      'maybe_script': 'The script may be missing: some editors take <script> out when a page is saved.',
      'maybe_script.do': 'docs/embed.html has a recipe for each kind of site.',
      'maybe_policy': 'The page\'s security policy may refuse it.',
      'maybe_policy.do': 'Add {origin} to script-src and frame-src where your site sets its Content-Security-Policy.',
      'maybe_banner': 'A cookie banner or a speed plugin may hold it back.',
      'maybe_banner.do': 'Name embed.js as necessary there.',
      'maybe_old': 'embed.js on your page may be an older one, or come from another folder than {base}.',
      'maybe_old.do': 'Load it from {base}embed.js.',
      'maybe_closed': 'The page may be for members only, not published, or come out of a cache.',
      'maybe_closed.do': 'Publish it, and empty the site\'s cache.',
      'paste': 'To be told more, paste the page\'s source into the field below.',
    },
    es: {
      'other': 'en',
      'switch': 'English',
      'page.title': 'Revisión del programa en su página',
      'page.heading': '¿Está bien puesto el programa?',
      'page.lead': 'Esta página es para la clínica. Revisa los archivos de esta carpeta y su página web, y dice con frases qué hay que arreglar. No se envía ni se guarda nada.',
      'page.address': 'La dirección de su página con el programa',
      'page.address_hint': 'Como la muestra su navegador, por ejemplo https://clinic.example/ketamine',
      'page.check': 'Revisar esta página',
      'page.folder': 'La carpeta del programa',
      'page.reading': 'Se leen los archivos. Un momento.',
      'page.others': 'Otras maneras',
      'page.yourself': 'Abra usted su página con “?anteroom-check” detrás de su dirección. Al final aparece un informe, en cualquier tipo de sitio, si el script funciona ahí.',
      'page.source': 'O pegue el código de su página',
      'page.source_hint': 'En una computadora: abra su página, oprima Ctrl y U (en una Mac: Opción, Comando y U), marque todo y copie.',
      'page.check_source': 'Revisar este código',
      'page.guide': 'Las palabras, las reglas y los números de la guía tienen su propia revisión:',
      'page.guide_link': 'revisar la guía',
      'report.label': 'Revisión del programa',
      'report.well': 'El programa está bien puesto',
      'report.one': 'Una cosa que arreglar',
      'report.many': '{number} cosas que arreglar',
      'report.problem': 'Por arreglar:',
      'report.note': 'Para saber:',
      'report.fine': 'Bien:',
      'report.who': 'Solo ve este informe quien abre esta dirección con ?anteroom-check. Los pacientes no lo ven. No se envió nada.',
      'report.close': 'Cerrar este informe',
      'network': 'la red no respondió',
      'server': 'el servidor respondió {status}',
      'missing_script': 'no se pudo cargar {file}',
      'index': 'No se puede leer la página del programa, {base}index.html: {fault}.',
      'index.do': 'Suba la carpeta completa, también index.html.',
      'not_index': 'En {base}index.html hay otra página.',
      'not_index.do': 'Dele al programa una carpeta propia, por ejemplo /anteroom/, y suba ahí todos sus archivos.',
      'framing': 'El servidor manda "X-Frame-Options: {value}" con la página del programa. Por eso los navegadores no la muestran dentro de otra página.',
      'framing.do': 'Pida a su proveedor que quite ese encabezado para {path}.',
      'ancestors': 'El servidor solo deja que muestren el programa estos sitios:{sites}.',
      'ancestors.do': 'El sitio de su página debe estar entre ellos.',
      'file': 'No se puede leer el archivo {path}: {fault}.',
      'file.do': 'Súbalo otra vez a {base}{path}.',
      'file_page': 'En lugar del archivo {path}, el servidor manda una página web.',
      'file_page.do': 'Suba el archivo. Si ya está ahí, pregunte a su proveedor por qué no se manda.',
      'damaged': 'El archivo {path} está dañado.',
      'damaged.do': 'Súbalo otra vez, en modo binario si su programa lo pregunta.',
      'type': 'El servidor dice que {path} es "{type}". El programa funciona, pero empieza más tarde de lo que podría.',
      'type.do': 'Pida a su proveedor que mande los archivos .wasm como "application/wasm".',
      'no_type': 'sin ningún tipo',
      'files': 'Los {number} archivos con los que empieza el programa están en {base}.',
      'endpoint': 'Las solicitudes irían a {address}, que no es una dirección https.',
      'endpoint.do': 'Escriba una dirección https detrás de endpoint en {path}.',
      'example': 'El teléfono en {path} es todavía el del ejemplo.',
      'example.do': 'Escriba su nombre, su teléfono y su horario debajo de [clinic]. Si están en una carpeta propia dentro de clinics/, nómbrela con data-clinic.',
      'clinic': 'No hay ninguna carpeta clinics/{clinic} ({fault}).',
      'clinic.do': 'Súbala, o cambie data-clinic. Hasta entonces ningún resultado es más leve que "review".',
      'clinic_file': 'clinics/{clinic}/settings.toml nombra {path}, que no se puede leer: {fault}.',
      'clinic_file.do': 'Súbalo, o quítelo de la lista files.',
      'lang_missing': 'data-lang="{lang}" pide un idioma que la guía no tiene.',
      'lang_missing.do': 'Tiene {languages}.',
      'page_missing': 'data-page="{page}" pide una página que la guía no tiene.',
      'page_missing.do': 'Las páginas están en las listas de [[page_group]] en content/settings.toml.',
      'may.script': 'cargar embed.js',
      'may.frame': 'mostrar el marco del programa',
      'may.connect': 'leer los archivos del programa',
      'policy': 'La política de seguridad de esta página ({name}) no la deja {what}.',
      'policy.do': 'Agregue {origin} a {directive} donde su sitio pone su Content-Security-Policy.',
      'policy_code': 'Un código en la política de seguridad de esta página ({name}) decide si puede {what}.',
      'policy_code.do': 'Abra la página con ?anteroom-check para verlo.',
      'as_text': 'La línea está en la página como texto que la gente lee, no como código.',
      'as_text.do': 'Péguela en un bloque o campo para código HTML. docs/embed.html tiene una receta para cada tipo de sitio.',
      'no_script': 'Falta el script: nada en esta página carga embed.js.',
      'no_script.do': 'Pegue las dos líneas de su receta. Si ya lo hizo, publique la página y vacíe el caché del sitio. docs/embed.html tiene una receta para cada tipo de sitio.',
      'taken_out': 'Falta el script: nada en esta página carga embed.js.',
      'taken_out.do': 'Su editor ha quitado el <script>. Use el plugin o el campo para código de su tipo de sitio. docs/embed.html tiene una receta para cada tipo de sitio.',
      'held_back': 'Un aviso de cookies o un plugin de velocidad detiene embed.js hasta que alguien acepta.',
      'held_back.do': 'Ponga embed.js ahí como necesario: no pone ninguna cookie y no envía nada.',
      'other_type': 'embed.js tiene el tipo "{type}", y ningún navegador lo ejecuta así. Eso hace un aviso de cookies hasta que alguien acepta.',
      'other_type.do': 'Ponga embed.js ahí como necesario: no pone ninguna cookie y no envía nada.',
      'plain_http': 'embed.js se carga de una dirección que no es https: {address}.',
      'plain_http.do': 'Escriba https.',
      'no_place': 'Ningún elemento de esta página tiene data-anteroom, así que el programa no tiene lugar.',
      'no_place.do': 'Puede que su editor haya quitado el atributo. docs/embed.html tiene una receta para cada tipo de sitio.',
      'source_one': 'El código de la página tiene el script y 1 lugar para el programa.',
      'source_many': 'El código de la página tiene el script y {number} lugares para el programa.',
      'attribute': 'No existe el atributo {name}.',
      'attribute.do': 'Hay {list}.',
      'value': 'No se entiende {name}="{value}".',
      'value.do': 'Escriba {what}.',
      'known.page': 'una página, por ejemplo "myths"',
      'known.lang': 'un idioma, por ejemplo "es"',
      'known.phone': 'un número de teléfono',
      'known.clinic': 'una carpeta dentro de clinics/',
      'known.mode': '"page", "dialog" o "full"',
      'known.load': '"near" o "now"',
      'known.height': 'un número de píxeles',
      'known.button': 'algunas palabras',
      'known.button-class': 'nombres de clases',
      'runs': 'embed.js funciona en esta página. Viene de {base}.',
      'several': 'embed.js se carga de varias carpetas: {list}. Solo cuenta la primera.',
      'several.do': 'Quite las otras.',
      'page_http': 'Esta página no se abrió con https, así que algunos navegadores no dejan copiar ni enviar.',
      'page_http.do': 'Active https con su proveedor y use la dirección https en sus enlaces.',
      'blocked': 'La política de seguridad de esta página ({name}) no la deja cargar {address}.',
      'blocked.do': 'Agregue {origin} a {directive} donde su sitio pone su Content-Security-Policy.',
      'not_started': 'La página {address} no empezó.',
      'not_started.do': 'Vea abajo si están todos los archivos y si la política de seguridad lo permite.',
      'broken': 'El programa no empezó ({why}).',
      'broken.do': 'Vea abajo si están todos los archivos y si la política de seguridad lo permite.',
      'questions': 'No se pueden leer las preguntas.',
      'questions.do': 'Abra {address} para ver qué hay que arreglar.',
      'the_widget': 'El programa',
      'widget_number': 'El programa {number}',
      'is_button': '{widget} es un botón en esta página. Oprímalo para ver que se abre.',
      'shows': '{widget} muestra sus preguntas.',
      'slow': '{widget} no empezó en {seconds} segundos.',
      'slow.do': 'Cargue esta página otra vez. Si sigue igual, abra {base}embed-check.html.',
      'no_button': '{widget} tiene data-button, pero nada que oprimir.',
      'no_button.do': 'Agregue data-mode="dialog" o data-mode="full".',
      'hidden': '{widget} está en una parte oculta de la página.',
      'hidden.do': 'Muestre esa parte, o ponga la línea en otro lugar.',
      'narrow': '{widget} tiene solo {width} píxeles de ancho.',
      'narrow.do': 'Dele una columna más ancha, o use data-mode="dialog".',
      'cut_off': '{widget} está cortado: la parte de la página que lo rodea tiene una altura fija de {height} píxeles.',
      'cut_off.do': 'Deje que esa parte crezca con lo que contiene.',
      'no_words': '{widget} no tiene palabras de usted para cuando no se puede mostrar.',
      'no_words.do': 'Escriba su teléfono entre las etiquetas. Hasta entonces se ven un enlace y el 988.',
      'elsewhere': 'Los archivos del programa están en otra dirección, así que esta página no puede revisarlos.',
      'elsewhere.do': 'Abra {base}embed-check.html para revisarlos.',
      'in_frame': 'Esta página está a su vez dentro de un marco del editor del sitio, que le da una altura fija.',
      'in_frame.do': 'Haga ese marco de unos 900 píxeles de alto, o ponga un enlace a {base}index.html.',
      'no_address': 'Esto no es una dirección web. Escríbala como la muestra su navegador, por ejemplo https://clinic.example/ketamine.',
      'no_page': 'No se puede leer la página {address}: {fault}.',
      'popup': 'Su navegador no deja que esta página abra la suya. Abra usted esta dirección: {address}',
      'opened': 'Su página está abierta en otra pestaña. Su informe llega aquí también, en medio minuto como máximo.',
      'silent': 'Su página no respondió: embed.js no funcionó en ella.',
      'silent.do': 'Mire esa pestaña. Si al final hay un informe, nada de esto es cierto.',
      'maybe_script': 'Puede que falte el script: algunos editores quitan <script> al guardar una página.',
      'maybe_script.do': 'docs/embed.html tiene una receta para cada tipo de sitio.',
      'maybe_policy': 'Puede que la política de seguridad de la página no lo deje.',
      'maybe_policy.do': 'Agregue {origin} a script-src y frame-src donde su sitio pone su Content-Security-Policy.',
      'maybe_banner': 'Puede que lo detenga un aviso de cookies o un plugin de velocidad.',
      'maybe_banner.do': 'Ponga embed.js ahí como necesario.',
      'maybe_old': 'El embed.js de su página puede ser uno más viejo, o venir de otra carpeta que {base}.',
      'maybe_old.do': 'Cárguelo de {base}embed.js.',
      'maybe_closed': 'Puede que la página sea solo para miembros, no esté publicada, o venga de un caché.',
      'maybe_closed.do': 'Publíquela y vacíe el caché del sitio.',
      'paste': 'Para saber más, pegue el código de la página en el campo de abajo.',
    },
  };
  const { base, said, known } = window.anteroomEmbed;
  const home = new URL(base);
  const PATIENCE = 25000;
  const wished = (address) => ['anteroom-check', 'lang'].map((key) => new URLSearchParams(address.search).get(key)).find((lang) => SENTENCES[lang]);
  const lang = wished(location) || (/^es\b/i.test(navigator.language) ? 'es' : 'en');
  const say = (key, values = {}) => SENTENCES[lang][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const item = (level) => (key, values) => ({ level, key, text: say(key, values), remedy: SENTENCES[lang][key + '.do'] ? say(key + '.do', values) : '' });
  const [problem, note, fine] = ['problem', 'note', 'fine'].map(item);

  // ---- The folder: every file that the widget needs -------------------------------------------------

  const get = async (path) => {
    const answer = await fetch(new URL(path, base), { cache: 'no-cache' }).catch(() => null);
    if (!answer) return { path, fault: say('network') };
    if (!answer.ok) return { path, fault: say('server', answer) };
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { path, bytes, text: new TextDecoder().decode(bytes), headers: answer.headers };
  };
  const looksLikePage = (text) => /^\s*<(!doctype|html|head|body)/i.test(text);
  const strings = (text, key) => {
    const list = new RegExp('^\\s*' + key + '\\s*=\\s*\\[([^\\]]*)\\]', 'm').exec(text);
    return list ? [...list[1].matchAll(/"([^"]*)"/g)].map(([, one]) => one) : [];
  };
  const value = (text, key) => (new RegExp('^\\s*' + key + '\\s*=\\s*"([^"]*)"', 'm').exec(text) || [])[1] || '';
  const secure = (address) => /^https:/.test(address) || /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(address);

  /** What is wrong with the widget's folder, as far as these widgets use it. `wishes` are the attributes of each. */
  const folder = async (wishes, elsewhere) => {
    const found = [];
    const index = await get('index.html');
    if (index.fault) return [problem('index', { base, ...index })];
    if (!/anteroom/.test(index.text)) return [problem('not_index', { base })];
    const framing = (index.headers.get('x-frame-options') || '').toUpperCase();
    const ancestors = /frame-ancestors([^;]*)/.exec(index.headers.get('content-security-policy') || '');
    if (framing === 'DENY' || (framing && elsewhere)) {
      found.push(problem('framing', { value: framing, path: home.pathname }));
    }
    if (ancestors) found.push(note('ancestors', { sites: ancestors[1] }));

    const named = [...index.text.matchAll(/["']([\w./-]+\.(?:js|css|wasm))["']/g)].map(([, path]) => path);
    const settings = await get('content/settings.toml');
    const languages = settings.text ? strings(settings.text, 'languages') : [];
    const words = (languages.length ? languages : ['en']).flatMap((lang) => [lang + '/words.toml', lang + '/screening.toml']);
    const paths = [...new Set([...named, ...['settings.toml', 'screening.toml', ...words].map((path) => 'content/' + path)])];
    const files = await Promise.all(paths.map((path) => path === settings.path ? settings : get(path)));
    for (const { path, fault, text, bytes, headers } of files) {
      if (fault) found.push(problem('file', { path, fault, base }));
      else if (looksLikePage(text)) found.push(problem('file_page', { path }));
      else if (path.endsWith('.wasm')) {
        if (String(bytes.slice(0, 4)) !== '0,97,115,109') found.push(problem('damaged', { path }));
        const type = headers.get('content-type') || say('no_type');
        if (!/^application\/wasm\b/.test(type)) found.push(note('type', { path, type }));
      }
    }
    if (!found.some(({ level }) => level === 'problem')) found.unshift(fine('files', { number: files.length + 1, base }));

    const guide = settings.text || '';
    for (const { clinic, page, lang } of wishes.length ? wishes : [{}]) {
      let own = { text: '' };
      if (clinic) {
        own = await get('clinics/' + clinic + '/settings.toml');
        if (own.fault) found.push(problem('clinic', { clinic, fault: own.fault }));
        for (const path of own.fault ? [] : strings(own.text, 'files')) {
          const file = await get('clinics/' + clinic + '/' + path);
          if (file.fault) found.push(problem('clinic_file', { clinic, path, fault: file.fault }));
        }
      }
      // What the clinic's own folder says goes before what the guide says.
      const said = (key) => [own, settings].map(({ path, text }) => ({ path, value: value(text || '', key) })).find(({ value }) => value);
      const [endpoint, phone] = ['endpoint', 'phone'].map(said);
      if (endpoint && !secure(endpoint.value)) found.push(problem('endpoint', { address: endpoint.value, path: endpoint.path }));
      // No page, no folder: the clinic's may be another.
      if (phone && /555 010 01(42|23)/.test(phone.value)) found.push((page === undefined && !clinic ? note : problem)('example', phone));
      if (lang && languages.length && !languages.some((one) => one === lang || one === lang.split('-')[0])) {
        found.push(problem('lang_missing', { lang, languages: languages.join(', ') }));
      }
      if (page && guide && !(guide + (own.text || '')).includes('"' + page + '"')) {
        found.push(problem('page_missing', { page }));
      }
    }
    return found;
  };

  // ---- The page: its mark-up, and its security policy -----------------------------------------------

  /** The attributes of each widget in a document. */
  const widgets = (root) => [...root.querySelectorAll('[data-anteroom], anteroom-widget')];
  const wishOf = (element) => Object.fromEntries(Object.keys(known).map((key) => [key,
    element.getAttribute('data-' + key) ?? (element.localName === 'anteroom-widget' ? element.getAttribute(key) : null) ?? '']));

  /** Whether a list of sources lets an address through; null where only a browser can tell. */
  const allows = (sources, address, self) => {
    const { protocol, origin, host } = new URL(address);
    if (sources.some((source) => /^'(nonce-|sha\d+-|strict-dynamic)/.test(source))) return null;
    return sources.some((source) => source === '*' || source === protocol || (source === '\'self\'' && origin === self) ||
      source.replace(/\/.*/, '') === host || new URL(source.includes('://') ? source.replace('*.', 'any.') : 'about:blank').origin === origin ||
      (source.includes('*.') && host.endsWith(source.replace(/^.*\*/, '').replace(/\/.*/, ''))));
  };
  /** What a Content-Security-Policy would keep from working. */
  const policy = (text, self) => {
    const directives = new Map(text.split(';').map((one) => one.trim().split(/\s+/)).filter(([name]) => name).map(([name, ...sources]) => [name.toLowerCase(), sources]));
    const need = [[['script-src-elem', 'script-src', 'default-src'], 'may.script'], [['frame-src', 'child-src', 'default-src'], 'may.frame']];
    if (self === home.origin) need.push([['connect-src', 'default-src'], 'may.connect']);
    return need.flatMap(([names, what]) => {
      const name = names.find((name) => directives.has(name));
      const ok = !name || allows(directives.get(name), base, self);
      if (ok) return [];
      const values = { name, what: say(what), origin: home.origin, directive: names[0].replace('-elem', '') };
      return [ok === null ? note('policy_code', values) : problem('policy', values)];
    });
  };

  /** What can be told from a page's source alone. */
  const source = (html, self, header) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const found = [];
    const scripts = [...page.querySelectorAll('script')].filter(({ attributes }) => [...attributes].some(({ value }) => /embed\.js/.test(value)));
    const places = widgets(page);
    if (/&lt;(script|div|anteroom)[^<]*(embed\.js|data-anteroom)/.test(html)) {
      found.push(problem('as_text'));
    }
    if (!scripts.length) found.push(problem(places.length ? 'taken_out' : 'no_script'));
    for (const script of scripts) {
      const src = script.getAttribute('src');
      if (!src) found.push(problem('held_back'));
      else if (script.type && !/javascript|module/.test(script.type)) found.push(problem('other_type', { type: script.type }));
      if (/^http:/.test(src) && !secure(src)) found.push(problem('plain_http', { address: src }));
    }
    if (!places.length) found.push(problem('no_place'));
    for (const element of places) found.push(...attributes(element));
    const policies = [header, ...[...page.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')].map(({ content }) => content)];
    for (const text of policies) if (text) found.push(...policy(text, self));
    if (!found.some(({ level }) => level === 'problem')) found.unshift(fine(places.length === 1 ? 'source_one' : 'source_many', { number: places.length }));
    return { found, wishes: places.map(wishOf) };
  };

  const attributes = (element) => [...element.attributes].flatMap(({ name, value }) => {
    const key = name.replace('data-', '');
    if (name === 'data-anteroom' || key === name && !(element.localName === 'anteroom-widget' && known[key])) return [];
    if (!known[key]) return [problem('attribute', { name, list: Object.keys(known).map((one) => 'data-' + one).join(', ') })];
    return known[key][0].test(value) ? [] : [problem('value', { name, value, what: say('known.' + key) })];
  });

  /** What embed.js said in the console, in our own words. Of attributes we have spoken. */
  const inOurWords = (sentence) => {
    const [, page] = /^the page (\S+) did not start/.exec(sentence) || [];
    const [, why] = /^the widget did not start \((.*)\)/.exec(sentence) || [];
    const [, full] = /^the questions cannot be read. Open (\S+)/.exec(sentence) || [];
    if (page) return [problem('not_started', { address: page })];
    if (why) return [problem('broken', { why: reason(why) })];
    return full ? [problem('questions', { address: full })] : [];
  };
  /** Why the widget did not start, as start.js says it; what the browser itself says stays as it is. */
  const reason = (why) => why
    .replace('the network did not answer', say('network'))
    .replace(/the server answered (\d+)/, (_, status) => say('server', { status }))
    .replace(/^(\S+) could not be loaded$/, (_, file) => say('missing_script', { file }));
  /** A link to the same in the other language. `key` is what of the address says which. */
  const switchTo = (key) => {
    const link = document.createElement('a');
    const address = new URL(location.href);
    address.searchParams.set(key, say('other'));
    link.href = address;
    link.lang = link.hreflang = say('other');
    link.textContent = say('switch');
    return link;
  };

  // ---- On the clinic's page -------------------------------------------------------------------------

  const onPage = async () => {
    const blocked = [];
    document.addEventListener('securitypolicyviolation', (event) => blocked.push(event));
    const states = new Map();
    let again = () => {};
    for (const name of ['ready', 'failed']) {
      document.addEventListener('anteroom:' + name, ({ target }) => {
        states.set(target, name);
        again();
      });
    }
    if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
    const places = widgets(document);
    const wishes = places.map(wishOf);
    await new Promise((resolve) => {
      const waited = places.filter((_, index) => !['dialog', 'full'].includes(wishes[index].mode));
      again = () => waited.every((place) => states.has(place)) && resolve();
      again();
      setTimeout(resolve, PATIENCE);
    });
    const found = [fine('runs', { base })];
    if (!places.length) found.push(problem('no_place'));
    const bases = [...document.querySelectorAll('script[src*="embed.js"]')].map(({ src }) => new URL('.', src).href);
    if (new Set(bases).size > 1) found.push(note('several', { list: [...new Set(bases)].join(', ') }));
    if (!secure(location.href)) found.push(problem('page_http'));
    const kinds = { 'frame-src': 'frame-src', 'child-src': 'frame-src', 'connect-src': 'connect-src', 'script-src-elem': 'script-src', 'script-src': 'script-src' };
    for (const { effectiveDirective, blockedURI } of blocked) {
      if (!kinds[effectiveDirective] || !String(blockedURI).startsWith(home.origin)) continue;
      found.push(problem('blocked', { name: effectiveDirective, address: blockedURI, origin: home.origin, directive: kinds[effectiveDirective] }));
    }
    places.forEach((place) => found.push(...attributes(place)));
    said.forEach((sentence) => found.push(...inOurWords(sentence)));
    places.forEach((place, index) => {
      const which = { widget: places.length > 1 ? say('widget_number', { number: index + 1 }) : say('the_widget') };
      const { mode, button } = wishes[index];
      const frame = place.querySelector('iframe');
      const { width } = place.getBoundingClientRect();
      if (mode === 'dialog' || mode === 'full') found.push(fine('is_button', which));
      else if (states.get(place) === 'ready') found.push(fine('shows', which));
      else if (!states.has(place)) found.push(problem('slow', { ...which, seconds: PATIENCE / 1000, base }));
      if (button && !['dialog', 'full'].includes(mode)) found.push(note('no_button', which));
      if (!width || getComputedStyle(place).visibility === 'hidden') found.push(problem('hidden', which));
      else if (width < 260) found.push(note('narrow', { ...which, width: Math.round(width) }));
      for (let around = place; frame && around && around !== document.body; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'hidden' && around.clientHeight > 0 && around.clientHeight < around.scrollHeight - 2) {
          found.push(problem('cut_off', { ...which, height: around.clientHeight }));
          break;
        }
      }
      if (!place.textContent.replace(place.querySelector('button, a')?.textContent ?? '', '').trim()) {
        found.push(note('no_words', which));
      }
    });
    if (self === top) found.push(...(home.origin === location.origin ? await folder(wishes, false)
      : [note('elsewhere', { base })]));
    else found.push(note('in_frame', { base }));
    if (window.opener) window.opener.postMessage({ anteroom: 'check', found }, home.origin);
    report(document.body, found, true);
  };

  // ---- The report -----------------------------------------------------------------------------------

  const LOOK = ':host{all:initial;display:block;font:16px/1.5 system-ui,sans-serif;color:#1d1d1b;background:#fffefa;overflow-wrap:anywhere}' +
    'section{max-width:46rem;margin:auto;padding:1.25rem}.panel{border-top:4px solid #155e63}h2{font-size:1.35rem;margin:0 0 .5rem}' +
    'ul{list-style:none;margin:1rem 0;padding:0}li{margin:.5rem 0;padding:.6rem .9rem;border-inline-start:5px solid #8a8a80;background:#f4f2ec}' +
    'li.problem{border-color:#b3261e}li.fine{border-color:#2e7d4f}strong{display:inline-block;margin-inline-end:.5em}em{display:block;font-style:normal;color:#4a4a44}' +
    'a{color:#155e63}button{font:inherit;padding:.5rem 1rem;border:1px solid #155e63;border-radius:6px;background:#fff;color:#155e63}:focus-visible{outline:3px solid #155e63;outline-offset:2px}';
  const make = (name, ...inner) => {
    const element = document.createElement(name);
    element.append(...inner);
    return element;
  };
  /** Draws the sentences, worst first, apart from the page's own styles; `panel` is null where nobody asked for it yet. */
  const report = (place, found, panel) => {
    const host = make('div');
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LOOK);
    root.adoptedStyleSheets = [sheet];
    const problems = found.filter(({ level }) => level === 'problem').length;
    const title = make('h2', say(problems === 0 ? 'report.well' : problems === 1 ? 'report.one' : 'report.many', { number: problems }));
    title.tabIndex = -1;
    const seen = new Set();
    const list = make('ul', ...['problem', 'note', 'fine'].flatMap((level) => found.filter((one) => one.level === level && !seen.has(one.text) && seen.add(one.text))).map(({ level, text, remedy }) => {
      const item = make('li', make('strong', say('report.' + level)), text, ...(remedy ? [make('em', remedy)] : []));
      item.className = level;
      return item;
    }));
    const section = make('section', title, list);
    section.setAttribute('aria-label', say(panel === null ? 'page.folder' : 'report.label'));
    if (panel) {
      section.className = 'panel';
      section.append(make('p', say('report.who')), make('p', switchTo('anteroom-check')));
      const close = make('button', say('report.close'));
      close.type = 'button';
      close.onclick = () => host.remove();
      section.append(close);
    }
    root.append(section);
    host.id = 'anteroom-report';
    host.lang = lang;
    host.dir = 'ltr';
    if (panel) place.append(host);
    else place.replaceChildren(host);
    if (panel === null) return;
    host.scrollIntoView();
    title.focus({ preventScroll: true });
  };

  // ---- embed-check.html -----------------------------------------------------------------------------

  const onOwnPage = async (form) => {
    const place = (id) => document.getElementById(id);
    const tell = (words) => { place('said').textContent = words; };
    let opened;
    let waiting;
    form.onsubmit = async (event) => {
      event.preventDefault();
      const typed = place('address').value.trim();
      let address;
      try {
        address = new URL(/^https?:/.test(typed) ? typed : 'https://' + typed);
      } catch {
        return tell(say('no_address'));
      }
      const answer = address.origin === location.origin && await fetch(address, { cache: 'no-cache' }).catch(() => null);
      const plain = answer && answer.ok ? source(await answer.text(), location.origin, answer.headers.get('content-security-policy')) : null;
      if (answer && !answer.ok) return tell(say('no_page', { address, fault: say('server', answer) }));
      if (plain) report(place('report'), plain.found.concat(await folder(plain.wishes, false)), false);
      const missing = plain && plain.found.some(({ key }) => key === 'no_script' || key === 'taken_out');
      if (missing) return tell('');
      address.searchParams.set('anteroom-check', lang);
      opened = window.open(address);
      if (!opened) return tell(say('popup', { address }));
      tell(say('opened'));
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        tell('');
        const where = { base, origin: home.origin };
        report(place('report'), [problem('silent'),
          ...['script', 'policy', 'banner', 'old', 'closed'].map((why) => note('maybe_' + why, where)), note('paste')], false);
      }, PATIENCE + 10000);
    };
    addEventListener('message', ({ source, data }) => {
      if (source !== opened || !data || data.anteroom !== 'check' || !Array.isArray(data.found)) return;
      clearTimeout(waiting);
      tell('');
      const texts = data.found.map(({ level, text, remedy }) => ({ level: String(level), text: String(text), remedy: String(remedy) }));
      report(place('report'), texts, false);
    });
    place('paste').onsubmit = async (event) => {
      event.preventDefault();
      const { found, wishes } = source(place('source').value, '', '');
      report(place('report'), found.concat(await folder(wishes, true)), false);
    };
    document.documentElement.lang = lang;
    document.title = say('page.title');
    for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
    place('switch').append(switchTo('lang'));
    const wanted = new URLSearchParams(location.search).get('clinic');
    report(place('folder'), await folder([{ clinic: wanted || '' }], false), null);
  };

  const form = document.getElementById('anteroom-check-form');
  if (form && document.currentScript.src === base + 'embed-check.js' && location.href.startsWith(base)) onOwnPage(form);
  else onPage();
})();
