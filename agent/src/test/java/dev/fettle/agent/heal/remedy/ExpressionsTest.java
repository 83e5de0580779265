package dev.fettle.agent.heal.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

class ExpressionsTest {
  private final MethodNode method = new MethodNode(Opcodes.ACC_STATIC, "f", "([II)I", null, null);

  private List<Expression> operandsOfLast(Object... code) {
    for (Object each : code) {
      if (each instanceof VarInsnNode variable) {
        method.instructions.add(variable);
      } else {
        method.instructions.add(new InsnNode((Integer) each));
      }
    }
    return Expressions.operandsOf(method, 0, method.instructions.size() - 1);
  }

  @Test
  void anArrayAccessIsGivenItsArrayAndTheSumThatIsTheIndex() {
    List<Expression> operands =
        operandsOfLast(
            new VarInsnNode(Opcodes.ALOAD, 0),
            new VarInsnNode(Opcodes.ILOAD, 1),
            Opcodes.ICONST_2,
            Opcodes.ISUB,
            Opcodes.IALOAD);
    assertThat(operands)
        .containsExactly(
            new Expression.Variable(0),
            new Expression.Binary(
                Opcodes.ISUB, new Expression.Variable(1), new Expression.Constant(2)));
  }

  @Test
  void aCompoundAssignmentReadsAndWritesTheSameElement() {
    List<Expression> operands =
        operandsOfLast(
            new VarInsnNode(Opcodes.ALOAD, 0),
            new VarInsnNode(Opcodes.ILOAD, 1),
            Opcodes.DUP2,
            Opcodes.IALOAD,
            Opcodes.ICONST_1,
            Opcodes.IADD,
            Opcodes.IASTORE);
    assertThat(operands.subList(0, 2))
        .containsExactly(new Expression.Variable(0), new Expression.Variable(1));
  }

  @Test
  void theWeightsOfASumSayHowItsVariablesMoveIt() {
    Expression difference =
        new Expression.Binary(Opcodes.ISUB, new Expression.Constant(9), new Expression.Variable(3));
    Map<Integer, Integer> weights = new HashMap<>();
    assertThat(Motion.addWeights(difference, 1, weights)).isTrue();
    assertThat(weights).containsExactly(Map.entry(3, -1));
  }

  @Test
  void anElementIsNoSumOfVariables() {
    Expression element =
        new Expression.Element(new Expression.Variable(0), new Expression.Variable(1));
    assertThat(Motion.addWeights(element, 1, new HashMap<>())).isFalse();
  }

  @Test
  void theValueOfARowIsTakenByTheAccessToItsElement() {
    operandsOfLast(
        new VarInsnNode(Opcodes.ALOAD, 0),
        new VarInsnNode(Opcodes.ILOAD, 1),
        Opcodes.AALOAD,
        new VarInsnNode(Opcodes.ILOAD, 2),
        Opcodes.IALOAD,
        Opcodes.ICONST_2,
        Opcodes.IMUL);
    Expressions.Consumer row = Expressions.consumerOf(method, 0, 6, 2);
    Expressions.Consumer element = Expressions.consumerOf(method, 0, 6, 4);
    assertThat(row).extracting("taker", "position").containsExactly(4, 0);
    assertThat(element).extracting("taker", "position").containsExactly(6, 0);
    assertThat(Expressions.consumerOf(method, 0, 6, 6)).isNull();
  }

  @Test
  void anOperandKnowsTheInstructionThatMadeIt() {
    operandsOfLast(
        new VarInsnNode(Opcodes.ALOAD, 0),
        new VarInsnNode(Opcodes.ILOAD, 1),
        Opcodes.AALOAD,
        new VarInsnNode(Opcodes.ILOAD, 2),
        Opcodes.IALOAD);
    assertThat(Expressions.operandOf(method, 0, 4, 0)).extracting("producer").isEqualTo(2);
    assertThat(Expressions.operandOf(method, 0, 4, 7)).isNull();
  }
}
