namespace LiveDash.Web.Api.Statistics;

/// <summary>How two series move together.</summary>
/// <param name="Series">The one.</param>
/// <param name="With">The other.</param>
/// <param name="R">Pearson's coefficient; null where it is not defined.</param>
/// <param name="Pairs">Of how many pairs of means.</param>
internal sealed record CorrelationAnswer(string Series, string With, double? R, int Pairs);
