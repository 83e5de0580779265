/** What a template sees of a failure and how it says its edit. */
@NullMarked
package dev.fettle.templates.site;

import org.jspecify.annotations.NullMarked;
