using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace LiveDash.Web.Components.Accounts;

/// <summary>What an authenticator app is given: a QR code as one path, drawn here, and the key in letters.</summary>
public sealed partial class FactorSetup : ComponentBase
{
    private string _path = "";
    private int _size;

    /// <summary>The address that the app reads, <c>otpauth://</c>.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    /// <summary>The key in Base32.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    private string Spaced => string.Join(' ', Key.Chunk(4).Select(static four => new string(four)));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        using var code = QRCodeGenerator.GenerateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        _size = code.ModuleMatrix.Count;
        _path = Path(code);
    }

    // A run of dark modules is one rectangle; the quiet zone around is part of the matrix.
    private static string Path(QRCodeData code)
    {
        var path = new StringBuilder();
        for (var y = 0; y < code.ModuleMatrix.Count; y++)
        {
            var row = code.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                var from = x;
                while (x < row.Length && row[x]) x++;
                if (x > from) path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }

        return path.ToString();
    }
}
