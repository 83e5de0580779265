/** Built-in crash-guided repair templates, one package per family of faults. */
@NullMarked
package dev.fettle.templates;

import org.jspecify.annotations.NullMarked;
