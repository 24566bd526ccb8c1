namespace LiveDash.Core.Rules.Templates;

/// <summary>A part of a template: what stands between two actions, or an action with what depends on it. Immutable.</summary>
/// <param name="Kind">The word of the action: empty for a text, <c>print</c> for a pipeline whose value is written, <c>if</c>, <c>with</c>, <c>range</c>.</param>
/// <param name="Text">The text, or the variable that is set.</param>
/// <param name="Pipeline">The tokens of the pipeline.</param>
/// <param name="Then">What is written where the pipeline's value is not empty.</param>
/// <param name="Else">What is written else.</param>
internal sealed record TemplateNode(string Kind, string Text, IReadOnlyList<string> Pipeline, IReadOnlyList<TemplateNode> Then, IReadOnlyList<TemplateNode> Else);
