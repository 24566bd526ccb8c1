namespace LiveDash.Web.ViewModels;

/// <summary>One stretch of a <see cref="WindowPicture"/>.</summary>
/// <param name="From">Where it begins, a share of the width.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Text">What it is.</param>
/// <param name="IsCurrent">True for the one that counts now.</param>
public sealed record WindowBar(double From, double To, string Text, bool IsCurrent);
