/** Templates for collections changed where they must not be. */
@NullMarked
package dev.fettle.templates.collections;

import org.jspecify.annotations.NullMarked;
