package dev.fettle.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that no statement of this package, class or method is ever healed: payments, security
 * decisions, anything where going on is worse than failing. Nothing overrides it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface NeverHeal {
  /** Why, for people. */
  String value() default "";
}
