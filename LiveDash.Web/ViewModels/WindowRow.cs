using LiveDash.Core.Configuration;

namespace LiveDash.Web.ViewModels;

/// <summary>One line of the list of windows: an override, or what every other series has. Immutable.</summary>
/// <param name="Index">Which override; -1 for the default.</param>
/// <param name="Series">Its pattern as typed.</param>
/// <param name="Choice">What it means as edited; null while it means nothing.</param>
/// <param name="Matches">How many series it decides.</param>
/// <param name="Bytes">What its windows hold.</param>
/// <param name="Nanoseconds">What a point costs; NaN while it means nothing.</param>
/// <param name="IsEdited">True where it differs from what is in force.</param>
public sealed record WindowRow(int Index, string Series, WindowChoice? Choice, int Matches, double Bytes, double Nanoseconds, bool IsEdited);
