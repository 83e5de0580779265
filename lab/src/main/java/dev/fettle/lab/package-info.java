/** The laboratory child: compiles candidates in memory and runs tests of the project under test. */
@NullMarked
package dev.fettle.lab;

import org.jspecify.annotations.NullMarked;
