using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Core.Live.Variables;

/// <summary>A variable of a dashboard, what is chosen, and what may be. Immutable.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Value">What is chosen; <see cref="Model.Placeholders.Any"/> for all.</param>
/// <param name="Values">The values that there are now, sorted; at most <see cref="DashboardVariables.MaxValues"/>.</param>
public sealed record VariableChoice(DashboardVariable Variable, string Value, IReadOnlyList<string> Values);
