namespace LiveDash.Web.Api.Statistics;

/// <summary>One hour of the week that has values.</summary>
/// <param name="Day">The weekday, such as Monday.</param>
/// <param name="Hour">The hour, 0 to 23.</param>
/// <param name="Count">How many values.</param>
/// <param name="Mean">Their mean.</param>
internal sealed record WeekHourAnswer(string Day, int Hour, long Count, double Mean);
