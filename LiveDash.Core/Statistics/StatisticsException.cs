namespace LiveDash.Core.Statistics;

/// <summary>More is selected than statistics are made of; the message names the limit and its setting.</summary>
public sealed class StatisticsException(string message) : Exception(message);
