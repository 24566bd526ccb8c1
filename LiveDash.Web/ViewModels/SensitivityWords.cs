using LiveDash.Core.Detection;

namespace LiveDash.Web.ViewModels;

/// <summary>Says what a sensitivity costs. Pure.</summary>
public static class SensitivityWords
{
    /// <summary>Its price, such as "at most one false alarm a series and month".</summary>
    public static string Price(Sensitivity sensitivity) => sensitivity switch
    {
        Sensitivity.Low => "about one false alarm a series in four months",
        Sensitivity.High => "one or two false alarms a series and month",
        _ => "at most one false alarm a series and month",
    };
}
