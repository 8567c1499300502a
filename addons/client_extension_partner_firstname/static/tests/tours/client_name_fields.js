import { nameFields } from "@client_extension/../tests/tours/client_tour_steps";

// A person's name is locked here, and typed in two parts.
nameFields.first = "firstname";
nameFields.last = "lastname";
