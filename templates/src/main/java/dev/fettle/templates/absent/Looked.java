package dev.fettle.templates.absent;

import com.sun.source.tree.ExpressionTree;
import dev.fettle.templates.code.Declared;
import dev.fettle.templates.code.TypeName;
import dev.fettle.templates.conventions.Nouns;
import dev.fettle.templates.conventions.Subject;
import dev.fettle.templates.site.Site;
import java.util.Optional;

/**
 * An element of a collection that was looked up: where the collection has none, what was looked for
 * does not exist, which a code base treats as it treats any other search without a result.
 */
public final class Looked {
  private Looked() {}

  /**
   * The element as what was looked for; empty when the collection is not the result of a search.
   */
  public static Optional<Subject> up(ExpressionTree collection, Site site) {
    Subject whole = Subject.of(collection, site.scope());
    TypeName element = site.typeOf(collection).element();
    boolean searched =
        site.input().declarations().type(TypeName.of(whole.owner())).isPresent()
            && (whole.source() == Subject.Source.LOOKUP
                || whole.owner().matches("\\w*(Repository|Dao|DAO|Store|Gateway|Client|Mapper)"));
    return searched && declared(element, site)
        ? Optional.of(element(whole, element, whole.key(), whole.keyText()))
        : Optional.empty();
  }

  /**
   * The element at a place that the caller names: the line of an order by its number, and anything
   * by a part of a request's path.
   */
  public static Optional<Subject> at(ExpressionTree index, ExpressionTree collection, Site site) {
    Subject whole = Subject.of(collection, site.scope());
    TypeName element = site.typeOf(collection).element();
    boolean thing = declared(element, site) || site.scope().fromPath(index);
    return thing
        ? Optional.of(element(whole, element, index, site.source(index)))
        : Optional.empty();
  }

  private static Subject element(
      Subject whole,
      TypeName element,
      @org.jspecify.annotations.Nullable ExpressionTree key,
      @org.jspecify.annotations.Nullable String keyText) {
    boolean named = !element.known() || element.text() || element.box() || element.primitive();
    return new Subject(
        element,
        whole.text(),
        named
            ? Nouns.one(whole.member().isEmpty() ? whole.text() : whole.member())
            : element.simple(),
        Subject.Source.LOOKUP,
        whole.owner(),
        whole.member(),
        key,
        keyText,
        false);
  }

  private static boolean declared(TypeName element, Site site) {
    Optional<Declared> type =
        element.known() ? site.input().declarations().type(element) : Optional.empty();
    return type.filter(d -> !d.isEnum()).isPresent();
  }
}
