import { useRef } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { registry } from "@web/core/registry";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";

/** The file to import: selected as in any binary field, or dropped on it. */
export class ImportFileField extends BinaryField {
  static template = "client_extension.ImportFileField";

  setup() {
    super.setup();
    this.dropRef = useRef("drop");
    useDropzone(this.dropRef, (ev) => this.onDrop(ev));
  }

  async onDrop(ev) {
    const [file] = ev.dataTransfer.files;
    if (file && checkFileSize(file.size, this.notification)) {
      const url = await getDataURLFromFile(file);
      await this.update({ data: url.split(",")[1], name: file.name });
    }
  }
}

registry.category("fields").add("client_import_file", {
  ...binaryField,
  component: ImportFileField,
});
