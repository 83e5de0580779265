package dev.fettle.source.java;

import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** JVM descriptors of typed elements. */
record Descriptors(JavaFile file) {

  String of(ExecutableElement method) {
    StringBuilder d = new StringBuilder("(");
    for (VariableElement p : method.getParameters()) {
      d.append(of(p.asType()));
    }
    return d.append(')').append(of(method.getReturnType())).toString();
  }

  String of(TypeMirror type) {
    TypeMirror t = file.types().erasure(type);
    return switch (t.getKind()) {
      case VOID -> "V";
      case BOOLEAN -> "Z";
      case BYTE -> "B";
      case CHAR -> "C";
      case SHORT -> "S";
      case INT -> "I";
      case LONG -> "J";
      case FLOAT -> "F";
      case DOUBLE -> "D";
      case ARRAY -> "[" + of(((ArrayType) t).getComponentType());
      case DECLARED ->
          "L"
              + file.binaryName((TypeElement) ((DeclaredType) t).asElement()).replace('.', '/')
              + ";";
      default -> "Ljava/lang/Object;";
    };
  }
}
