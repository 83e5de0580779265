/**
 * What an application may depend on to say how it wants to be healed: {@code @Healable},
 * {@code @NeverHeal} and {@code @Skill} arrive together with the remedies that obey them, because
 * an annotation that nobody reads is a promise that nobody keeps. No dependencies.
 */
@NullMarked
package dev.fettle.annotations;

import org.jspecify.annotations.NullMarked;
