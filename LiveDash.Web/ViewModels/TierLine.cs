namespace LiveDash.Web.ViewModels;

/// <summary>One tier as fields: what is kept for how long. Immutable.</summary>
/// <param name="Step"><c>raw</c>, or how long a row's step is, such as <c>1m</c>.</param>
/// <param name="Number">Up to which age, as typed.</param>
/// <param name="Unit">Its unit, one of <see cref="TierForm.Units"/>.</param>
public sealed record TierLine(string Step, string Number, string Unit);
