using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace LiveDash.Web.Security.Secrets;

/// <summary>Encrypts the keys of the ring with the key of the file before they are kept. Thread-safe.</summary>
internal sealed class RingEncryptor(KeyFile file) : IXmlEncryptor
{
    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var bytes = file.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(new XElement("sealedKey", Convert.ToBase64String(bytes)), typeof(RingDecryptor));
    }
}
