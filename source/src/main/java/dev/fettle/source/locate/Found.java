package dev.fettle.source.locate;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import org.jspecify.annotations.Nullable;

/**
 * The failing expression as a tree.
 *
 * @param whole the expression or statement that threw
 * @param culprit the part that had the bad value; null when unknown
 * @param sentence what happened, for people, without the exception's name
 */
record Found(Tree whole, @Nullable ExpressionTree culprit, String sentence) {}
